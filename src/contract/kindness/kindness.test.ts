/** The hints: what each notices and what it leaves alone, in every language that has rules. */
import { expect, test } from 'vitest'
import { type HintKind, hintKey, hintsFor, hintsForNote, languageOf, type Writing } from './index.ts'
import { hits, labels, misses, questions } from './sentences.ts'

const now = new Date('2026-11-23T09:00:00Z')
const writing = (text: string, language: string, more: Partial<Writing> = {}): Writing => ({
  text,
  language,
  theirs: [],
  promised: false,
  personal: false,
  alternative: false,
  neededBy: null,
  now,
  zone: 'Europe/Amsterdam',
  ...more,
})
const kindsIn = (text: string, language: string, more: Partial<Writing> = {}) =>
  hintsFor(writing(text, language, more)).map(each => each.kind)

const rows = (set: typeof hits) =>
  Object.entries(set).flatMap(([kind, languages]) =>
    Object.entries(languages).flatMap(([language, texts]) =>
      texts.map(text => [kind as HintKind, language, text] as const),
    ),
  )

test.each(rows(hits))('%s in %s is noticed: %s', (kind, language, text) => {
  expect(kindsIn(text, language)).toContain(kind)
})

test.each(rows(misses))('%s in %s is not seen where it is not: %s', (kind, language, text) => {
  expect(kindsIn(text, language)).not.toContain(kind)
})

test.each(questions)(
  '$language: of “$theirs” the reply “$reply” leaves out $left',
  ({ language, theirs, reply, left }) => {
    const found = hintsFor(writing(reply, language, { theirs: [theirs] })).filter(each => each.kind === 'question')
    expect(found.map(each => each.words)).toEqual(left)
  },
)

test.each(labels)('a note in $language: “$text” → $instead', ({ language, text, instead }) => {
  expect(hintsForNote(text, language).map(each => each.instead)).toEqual(instead)
})

test('what the next step says needs no saying again', () => {
  expect(kindsIn('I will look into the grinder and send you a quote.', 'en')).toContain('promise-without-time')
  expect(kindsIn('I will look into the grinder and send you a quote.', 'en', { promised: true })).toEqual([])
  const no = 'Unfortunately we cannot take the machine back after two years.'
  expect(kindsIn(no, 'en')).toEqual(['no-alternative', 'bad-news'])
  expect(kindsIn(no, 'en', { personal: true, alternative: true })).toEqual([])
})

test('a promise later than they need it is told, one in time is not', () => {
  const neededBy = '2026-11-25T12:00:00Z'
  expect(kindsIn('I will send you the part by Friday.', 'en', { neededBy })).toEqual(['late'])
  expect(kindsIn('I will send you the part by tomorrow.', 'en', { neededBy })).toEqual([])
  expect(kindsIn('I will send you the part by Friday.', 'en')).toEqual([])
})

test('a word they use themselves is no jargon to them', () => {
  const text = 'The ETA of the element is Thursday.'
  expect(kindsIn(text, 'en')).toEqual(['jargon'])
  expect(kindsIn(text, 'en', { theirs: ['What is the ETA?'] })).not.toContain('jargon')
})

test('what was dismissed is known again while its words stand', () => {
  const of = (text: string) => hintsFor(writing(text, 'en')).map(hintKey)
  expect(of('As I already said, it ships today.')).toEqual(
    of('Hello there. As I already said, it ships today. Good day!'),
  )
})

test('a language without rules is left alone, whatever we were told', () => {
  const dutch =
    'Helaas kunnen wij dat niet doen. U moet de leverancier bellen en daarna moet u ons schrijven, want dat is uw fout.'
  expect(kindsIn(dutch, 'nl')).toEqual([])
  expect(kindsIn(dutch, 'en')).toEqual([])
  expect(hintsForNote('De klant is gek', 'nl')).toEqual([])
  expect(languageOf('Wir haben das Gerät und die Rechnung für Sie', 'en')).toBe('de')
})

test('a long reply is read within ten milliseconds, and a hostile one is no trouble', () => {
  const letter =
    'I looked at the grinder this morning and the burrs are worn, so it heats up. Could you tell me how many kilos a day you grind? '
  const theirs = ['Is there a machine we could borrow? '.repeat(50)]
  const time = (text: string) => {
    const spent = Array.from({ length: 9 }, () => {
      const began = performance.now()
      hintsFor(writing(text, 'en', { theirs }))
      return performance.now() - began
    })
    return spent.sort((a, b) => a - b)[2]!
  }
  time(letter)
  expect(time(letter.repeat(20))).toBeLessThan(10)
  for (const text of ['you have to ', 'so so really very ', 'a'.repeat(300), 'i will ', "(((('''", 'ال '])
    expect(time(text.repeat(3000).slice(0, 40_000))).toBeLessThan(250)
})
