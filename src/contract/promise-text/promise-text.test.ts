/** What sounds like a promise: the labelled sentences of bench/promises, the times they name, and what must hold for any text. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { promisesIn, sentencesIn } from './index.ts'

// Tuesday 24 November 2026, 10:42 in Amsterdam.
const reading = { now: new Date('2026-11-24T09:42:00Z'), zone: 'Europe/Amsterdam', language: 'en' }
const dueIn = (text: string, more: Partial<typeof reading> = {}) =>
  promisesIn(text, { ...reading, ...more })[0]?.dueAt?.toISOString()

test.each(['rules-written-with', 'kept-apart'])('of the sentences %s nearly all are read as they are meant', half => {
  const file = join(import.meta.dirname, '../../../bench/promises', `${half}.jsonl`)
  const lines = readFileSync(file, 'utf8').trim().split('\n')
  const read = lines.map(line => {
    const { text, language, promised, due } = JSON.parse(line)
    const [found] = promisesIn(text, { ...reading, language })
    return { text, promised, found: found !== undefined, day: due === null || !found || found.day === due }
  })
  const found = read.filter(each => each.found)
  const meant = read.filter(each => each.promised)
  expect(lines.length).toBeGreaterThan(150)
  expect(found.filter(each => each.promised).length / found.length).toBeGreaterThan(0.95)
  expect(meant.filter(each => each.found).length / meant.length).toBeGreaterThan(0.9)
  expect(read.filter(each => !each.day)).toEqual([])
})

test('a promise names its words and its time, in the reader’s zone', () => {
  expect(promisesIn('Thanks for the photo! I’ll send the invoice by Friday.', reading)).toMatchObject([
    { words: 'send the invoice', day: '2026-11-27', from: 22, sentence: 'I’ll send the invoice by Friday.' },
  ])
  expect(dueIn('I’ll call you tomorrow at 3pm.')).toBe('2026-11-25T14:00:00.000Z')
  expect(dueIn('I’ll call you tomorrow at 3pm.', { zone: 'America/New_York' })).toBe('2026-11-25T20:00:00.000Z')
  expect(dueIn('I’ll answer within two hours.')).toBe('2026-11-24T11:42:00.000Z')
  expect(dueIn('I’ll send it by 9:00.')).toBe('2026-11-25T08:00:00.000Z')
  // Where clocks skip 02:30 the moment after it is meant.
  const spring = { now: new Date('2026-03-28T12:00:00Z'), zone: 'Europe/Berlin' }
  expect(dueIn('I’ll restart it tomorrow at 2:30.', spring)).toBe('2026-03-29T01:30:00.000Z')
  // In a zone that took up changing its clocks again.
  expect(dueIn('We’ll ship it on 30 March 2027.', { zone: 'Africa/Cairo' })).toBe('2027-03-30T15:00:00.000Z')
})

test('without knowing the language all are tried', () => {
  expect(promisesIn('Ich schicke Ihnen die Rechnung bis Freitag.', { ...reading, language: null })).toHaveLength(1)
})

test('two promises are two, and what others wrote between them is none', () => {
  const text = 'I’ll send the offer tomorrow.\nYou asked whether it fits.\nI’ll call you on Monday!'
  expect(promisesIn(text, reading).map(({ day }) => day)).toEqual(['2026-11-25', '2026-11-30'])
  expect(sentencesIn('Am 3. Dezember haben Sie es. Danke').map(({ text }) => text)).toHaveLength(2)
})

test('whatever is written, nothing is thrown, and no time lies in the past', () => {
  const languages = fc.constantFrom('en', 'de', 'es', 'fr', 'ar', null)
  const pieces = fc.constantFrom(
    'I’ll',
    'send',
    'by',
    'Friday',
    '31',
    'Feb',
    'morgen',
    'ich',
    'سأرسل',
    'غدًا',
    '24:99',
    'je',
    'in',
    '999',
    'weeks',
    '.',
    '\n',
    '٣',
  )
  const texts = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc.array(pieces, { maxLength: 20 }).map(some => some.join(' ')),
  )
  fc.assert(
    fc.property(texts, languages, (text, language) => {
      for (const { dueAt, from, to, sentence } of promisesIn(text, { ...reading, language })) {
        if (dueAt) expect(dueAt.getTime()).toBeGreaterThan(reading.now.getTime())
        expect(text.slice(from, to)).toBe(sentence)
      }
    }),
  )
})

test('a long text is read in a moment', () => {
  const text = `${'I will, if you so wish and when the time has come, '.repeat(3000)}.`
  const began = performance.now()
  promisesIn(text, reading)
  promisesIn('we '.repeat(10_000), { ...reading, language: null })
  promisesIn(`${'nous vous le la les '.repeat(28)}\n`.repeat(30), { ...reading, language: null })
  expect(performance.now() - began).toBeLessThan(1500)
})
