import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RuleActions, RuleConditions } from '../../contract/rules.ts'
import { ownerOfNew } from './assign-rules.ts'
import { type MailFacts, type Rule, sorted, sorterOf } from './rules.ts'
import { folded, found, lookoutFor } from './words-rules.ts'

const mail: MailFacts = {
  mailboxId: 'box',
  from: 'ana@mail.acme.example',
  fromName: 'Ana Müller',
  to: ['service@desk.example', 'billing@desk.example'],
  subject: 'Rechnung für März',
  body: 'Bitte schickt die INVOICES noch einmal. 請求書をください。',
  language: 'de',
  hasAttachment: true,
}
let made = 0
const rule = (
  conditions: Partial<RuleConditions>,
  actions: Partial<RuleActions> = {},
  more: Partial<Rule> = {},
): Rule => ({
  id: `rule ${++made}`,
  teamId: null,
  stops: false,
  conditions: { ...RuleConditions.parse({}), ...conditions },
  actions: { ...RuleActions.parse({}), ...actions },
  ...more,
})
const all = { team: () => true, owner: () => true }
const fits = (conditions: Partial<RuleConditions>, about: Partial<MailFacts> = {}) =>
  sorted(sorterOf([rule(conditions)]), { ...mail, ...about }, 'here', all).applied.length === 1

test('words are found where a word begins, whatever their case, accents or width', () => {
  expect(fits({ words: ['invoice'] })).toBe(true)
  expect(fits({ words: ['voices'] })).toBe(false)
  expect(fits({ words: ['marz'] })).toBe(true)
  expect(fits({ words: ['ＲＥＣＨＮＵＮＧ'] })).toBe(true)
  expect(fits({ words: ['"invoice"'] })).toBe(false)
  expect(fits({ words: ['"invoices"'] })).toBe(true)
  expect(fits({ words: ['noch   einmal'] })).toBe(true)
  expect(fits({ words: ['書をく'] })).toBe(true)
  expect(fits({ words: ['invoice'], wordsIn: 'subject' })).toBe(false)
  expect(fits({ words: ['rechnung'], wordsIn: 'body' })).toBe(false)
  expect(fits({ words: ['nothing', 'rechnung'] })).toBe(true)
})

test('senders are an address, a domain with its parts, or a piece of a name', () => {
  expect(fits({ from: ['ana@mail.acme.example'] })).toBe(true)
  expect(fits({ from: ['ana@acme.example'] })).toBe(false)
  expect(fits({ from: ['acme.example'] })).toBe(true)
  expect(fits({ from: ['@ACME.example'] })).toBe(true)
  expect(fits({ from: ['cme.example'] })).toBe(false)
  expect(fits({ from: ['muller'] })).toBe(true)
  expect(fits({ from: ['ller'] })).toBe(false)
})

test('all that is asked must fit', () => {
  expect(fits({ to: ['billing@desk.example'], language: 'de', hasAttachment: true, mailboxIds: ['box'] })).toBe(true)
  expect(fits({ to: ['billing@desk.example'], language: 'en' })).toBe(false)
  expect(fits({ hasAttachment: false })).toBe(false)
  expect(fits({ mailboxIds: ['other'] })).toBe(false)
  expect(fits({ to: ['sales@desk.example'] })).toBe(false)
})

test('the upper rule counts, tags add up, and a rule that stops is the last one asked', () => {
  const rules = [
    rule({ words: ['rechnung'] }, { teamId: 'billing', tagIds: ['a'] }),
    rule({ language: 'de' }, { teamId: 'german', tagIds: ['a', 'b'], priority: 1 }, { stops: true }),
    rule({ language: 'de' }, { priority: 2, tagIds: ['c'] }),
  ]
  const it = sorted(sorterOf(rules), mail, 'here', all)
  expect(it).toMatchObject({ teamId: 'billing', tagIds: ['a', 'b'], priority: 1, aside: false })
  expect(it.applied.map(each => [each.teamId, each.tagIds])).toEqual([
    ['billing', ['a']],
    [null, ['b']],
  ])
})

test("a team's rules are asked for what arrives there, also by a rule above; they move it at most once", () => {
  const rules = [
    rule({ words: ['rechnung'] }, { teamId: 'billing' }),
    rule({ language: 'de' }, { tagIds: ['x'] }, { teamId: 'billing' }),
    rule({ language: 'de' }, { tagIds: ['y'], teamId: 'elsewhere' }, { teamId: 'here' }),
  ]
  expect(sorted(sorterOf(rules), mail, 'here', all)).toMatchObject({ teamId: 'billing', tagIds: ['x'] })
  expect(sorted(sorterOf(rules.slice(1)), mail, 'here', all)).toMatchObject({ teamId: 'elsewhere', tagIds: ['y'] })
  expect(sorted(sorterOf(rules), mail, 'here', { ...all, team: () => false })).toMatchObject({
    teamId: 'here',
    tagIds: ['y'],
  })
})

test('an owner who cannot own there is passed over', () => {
  const rules = [rule({ language: 'de' }, { ownerId: 'gone' }), rule({ language: 'de' }, { ownerId: 'ana' })]
  const owner = (id: string, teamId: string) => id === 'ana' && teamId === 'here'
  expect(sorted(sorterOf(rules), mail, 'here', { ...all, owner }).ownerId).toBe('ana')
})

test('finding words agrees with looking for them one by one, and takes time in proportion to the text', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'b', ' ', 'é', '1', '書'), maxLength: 60 })
  fc.assert(
    fc.property(letters, fc.array(letters, { maxLength: 6 }), (text, phrases) => {
      const plain = folded(text)
      const seen = found(lookoutFor(phrases), plain)
      for (const [at, phrase] of phrases.entries()) {
        const wanted = folded(phrase)
        const places = [...Array(plain.length).keys()].filter(n => wanted !== '' && plain.startsWith(wanted, n))
        const begins = places.some(
          n => n === 0 || !/[a-z0-9書]/.test(plain[n - 1]!) || !/[a-z0-9書]/.test(plain[n]!) || plain[n] === '書',
        )
        expect(seen.has(at), `${JSON.stringify(phrase)} in ${JSON.stringify(text)}`).toBe(begins)
      }
    }),
  )
  const hostile = lookoutFor(Array.from({ length: 50 }, (_, n) => `${'a '.repeat(49)}${n}`.slice(0, 100)))
  const began = performance.now()
  found(hostile, 'a '.repeat(25_000))
  expect(performance.now() - began).toBeLessThan(1000)
})

test('a new matter goes to the least loaded below their limit, or to who is on duty, or to nobody', () => {
  const loads = [
    { personId: 'ana', open: 3, limit: 3 },
    { personId: 'bram', open: 5, limit: 9 },
    { personId: 'cleo', open: 7, limit: null },
  ]
  expect(ownerOfNew('off', loads, 'bram')).toBeNull()
  expect(ownerOfNew('duty', loads, 'bram')).toBe('bram')
  expect(ownerOfNew('duty', loads, 'ana')).toBeNull()
  expect(ownerOfNew('duty', loads, null)).toBeNull()
  expect(ownerOfNew('least-loaded', loads, null)).toBe('bram')
  expect(ownerOfNew('least-loaded', loads.slice(0, 1), null)).toBeNull()
})
