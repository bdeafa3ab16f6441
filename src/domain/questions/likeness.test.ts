/** How questions are recognised and told apart: the same in other words, other ones in the same words, in several languages. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { corpus } from '../../../test/corpora.ts'
import { featuresOf, mostFeatures } from './features.ts'
import { firstLook, type Known, keysOf, type Seen, shownOf, weightOf, weightsOf } from './likeness.ts'
import { stemOf } from './stems.ts'

const of = (text: string, language = 'en', subject = '') => featuresOf({ subject, text, language })

function knownOf(all: readonly { features: readonly number[] }[]): Known {
  const features = new Map<number, Seen>()
  for (const each of all)
    for (const feature of each.features) {
      const seen = features.get(feature)?.seen ?? 0
      features.set(feature, { seen: seen + 1, same: 0, apart: 0 })
    }
  return { questions: all.length, features }
}

function firstOf(question: string, earlier: readonly string[], language = 'en'): number {
  const found = earlier.map((text, at) => ({ id: String(at), features: of(text, language) }))
  const known = knownOf(found)
  const asked = of(question, language)
  const all = weightsOf([...asked, ...found.flatMap(each => each.features)], known)
  return Number(shownOf(asked, firstLook(weightsOf(asked, known), found, 20), all, 1)[0]?.candidate.id)
}

test.each([
  [
    'en',
    'Where has my parcel got to?',
    ['My parcel is still not here', 'My invoice is wrong', 'How do I clean the grinder?'],
  ],
  [
    'de',
    'Meine Rechnungen stimmen nicht',
    ['Die Rechnung ist falsch, sie stimmt nicht', 'Wo ist mein Paket?', 'Die Mühle ist heiß'],
  ],
  ['es', '¿Dónde están mis paquetes?', ['¿Dónde está mi paquete?', 'La factura está mal', 'El molinillo se calienta']],
  ['fr', 'Mes factures sont fausses', ['Ma facture est fausse', 'Où est mon colis ?', 'Le moulin chauffe']],
  ['ar', 'أين الطرد الخاص بي؟', ['لم يصل طردي، أين هو؟', 'الفاتورة خاطئة', 'كيف أنظف المطحنة؟']],
])('in %s “%s” is the first of them in other words', (language, question, earlier) => {
  expect(firstOf(question, earlier, language)).toBe(0)
})

test('an answer’s "Re:", addresses, links and numbers say nothing about what is asked', () => {
  const plain = of('Where is it?', 'en', 'My parcel')
  expect(of('Where is it?', 'en', 'Re: AW: My parcel')).toEqual(plain)
  expect(of('Where is it? ana@example.org https://x.example/track?n=1 20931', 'en', 'My parcel')).toEqual(plain)
  expect(of('')).toEqual([])
  expect(of('word '.repeat(5000)).length).toBeLessThan(mostFeatures)
  expect(of('東京の倉庫はどこですか', 'ja').length).toBeGreaterThan(3)
})

test('a stem is never shorter than three letters, and other languages keep their words', () => {
  expect([stemOf('invoices', 'en'), stemOf('invoice', 'en')]).toEqual(['invoic', 'invoic'])
  expect([stemOf('das', 'de'), stemOf('using', 'en'), stemOf('facturen', 'nl')]).toEqual(['das', 'using', 'facturen'])
})

test('what was found in questions that are not the same weighs less, and what few ask leads the way', () => {
  const known: Known = {
    questions: 1000,
    features: new Map([
      [4, { seen: 500, same: 0, apart: 0 }],
      [8, { seen: 3, same: 0, apart: 0 }],
      [12, { seen: 3, same: 0, apart: 4 }],
    ]),
  }
  expect(weightOf(8, known)).toBeGreaterThan(weightOf(4, known))
  expect(weightOf(12, known)).toBeLessThan(weightOf(8, known))
  expect(keysOf([4, 8, 12, 16], known, 100)).toEqual([8, 12])
  expect(keysOf([4], known, 100)).toEqual([4])
  expect(keysOf([16], known, 100)).toEqual([])
})

test('what is shown beside the first says something else', () => {
  const earlier = [
    'My card is lost',
    'My card is lost',
    'My card is lost',
    'I lost my card on holiday',
    'Someone stole my card',
  ]
  const found = earlier.map((text, at) => ({ id: String(at), features: of(text) }))
  const asked = of('I have lost my card')
  const known = knownOf(found)
  const all = weightsOf([...asked, ...found.flatMap(each => each.features)], known)
  const shown = shownOf(asked, found, all, 2).map(each => earlier[Number(each.candidate.id)])
  expect(new Set(shown).size).toBe(2)
})

test('of real questions nine in ten find one of their kind among the first five', () => {
  const file = corpus('questions/banking77-train.csv')
  if (!file) return
  const rows = readFileSync(file, 'utf8')
    .split('\n')
    .flatMap(line => /^([^",]+),([a-z_]+)/i.exec(line)?.slice(1, 3) ?? [])
  const pairs = Array.from({ length: rows.length / 2 }, (_, at) => ({
    text: rows[2 * at]!,
    category: rows[2 * at + 1]!,
  }))
  const part = pairs.filter((_, at) => at % 2 === 0)
  const asked = part.filter((_, at) => at % 15 === 0)
  const earlier = part
    .filter((_, at) => at % 15 !== 0)
    .map((each, at) => ({ ...each, id: String(at), features: of(each.text) }))
  const known = knownOf(earlier)
  const all = weightsOf(known.features.keys(), known)
  const right = asked.filter(({ text, category }) => {
    const features = of(text)
    const near = firstLook(weightsOf(features, known), earlier, 24)
    for (const feature of features) if (!all.has(feature)) all.set(feature, weightOf(feature, known))
    return shownOf(features, near, all, 5).some(each => each.candidate.category === category)
  })
  expect(asked.length).toBeGreaterThan(200)
  expect(right.length / asked.length).toBeGreaterThan(0.88)
})
