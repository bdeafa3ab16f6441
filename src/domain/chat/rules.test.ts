/** How a chat goes on: one promise at a time, personal words untouched; who may be said to be there; who a site may say its visitor is. */
import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Standing, Times } from '../conversations/index.ts'
import { afterFirstMail } from '../conversations/rules.ts'
import type { NewPromise, OpenPromise } from '../promises/index.ts'
import { readIdentity } from './identity-rules.ts'
import { afterTheyChat, afterWeChat, type Talk, typicalMinutes, whoIsHere } from './rules.ts'

const now = new Date('2026-11-24T09:00:00Z')
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000)
const times = (minute: number): Times => ({ now: at(minute), replyDue: at(minute + 240), reopenDays: 30 })
const place = { id: 'c', ownerId: null, teamId: 't', customerId: 'p' }
let ids = 0
const opened = (each: NewPromise, when: Date): OpenPromise => ({
  ...{ id: `p${ids++}`, kind: each.kind, direction: each.direction, byPersonId: each.byPersonId },
  ...{ dueAt: each.dueAt, automatic: each.automatic, toldAt: each.told ? when : null },
})

function after(before: Standing, talk: Talk, when: Date): Standing {
  const ended = new Set(talk.change.moves.ends.map(each => each.id))
  const open = before.open
    .filter(each => !ended.has(each.id))
    .map(each =>
      each.id === talk.roll?.id ? { ...each, dueAt: talk.roll.dueAt, toldAt: talk.roll.told ? when : null } : each,
    )
  return {
    ...before,
    state: talk.change.state,
    open: [...open, ...talk.change.moves.makes.map(each => opened(each, when))],
  }
}

test('whoever speaks, one reply promise of ours is open, and what a person promised in words stays', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ us: fc.boolean(), wait: fc.integer({ min: 0, max: 400 }) }), { maxLength: 30 }),
      fc.boolean(),
      (words, promised) => {
        let standing: Standing = { ...place, state: 'open', closedAt: null, open: [] }
        const first = afterFirstMail(place, times(0), true)
        standing = after(standing, { change: first, roll: null, startsAnew: false }, now)
        const personal: OpenPromise[] = promised
          ? [
              {
                id: 'mine',
                kind: 'reply',
                direction: 'ours',
                byPersonId: 'ana',
                dueAt: at(90),
                automatic: false,
                toldAt: now,
              },
            ]
          : []
        standing = { ...standing, open: [...standing.open, ...personal] }
        let minute = 0
        for (const { us, wait } of words) {
          minute += wait
          standing = after(
            standing,
            us ? afterWeChat(standing, 'ana', times(minute)) : afterTheyChat(standing, times(minute)),
            at(minute),
          )
          const replies = standing.open.filter(each => each.kind === 'reply' && each.direction === 'ours')
          expect(replies.filter(each => each.automatic).length).toBeLessThanOrEqual(1)
          expect(replies.length).toBeGreaterThan(0)
          expect(standing.open.some(each => each.id === 'mine')).toBe(promised)
          expect(standing.state).toBe('open')
        }
      },
    ),
    { numRuns: 200 },
  )
})

test('the first answer keeps what they were told; then one promise rolls on, and is told when they write again', () => {
  const told = afterFirstMail(place, times(0), true)
  const asked = after(
    { ...place, state: 'open', closedAt: null, open: [] },
    { change: told, roll: null, startsAnew: false },
    now,
  )
  const answered = afterWeChat(asked, 'ana', times(5))
  expect(answered.change.moves.ends).toEqual([{ id: asked.open[0]!.id, how: 'kept', why: null }])
  expect(answered.change.moves.makes).toMatchObject([{ automatic: true, told: false, dueAt: at(245) }])
  const rolling = after(asked, answered, at(5))
  const again = afterTheyChat(rolling, times(30))
  expect(again).toMatchObject({ roll: { told: true, dueAt: at(270) }, change: { moves: { ends: [], makes: [] } } })
  const more = afterWeChat(after(rolling, again, at(30)), 'ana', times(31))
  expect(more.roll).toBeNull()
  expect(more.change.moves).toMatchObject({ ends: [{ how: 'kept' }], makes: [{ told: false, dueAt: at(271) }] })
  const on = afterWeChat(rolling, 'ana', times(35))
  expect(on).toMatchObject({ roll: { told: false, dueAt: at(275) }, change: { moves: { ends: [], makes: [] } } })
})

test('an overdue promise is not rolled away: it is kept, late, and another is made', () => {
  const told = afterFirstMail(place, times(0), true)
  const asked = after(
    { ...place, state: 'open', closedAt: null, open: [] },
    { change: told, roll: null, startsAnew: false },
    now,
  )
  const late = afterWeChat(asked, 'ana', times(300))
  expect(late.roll).toBeNull()
  expect(late.change.moves.ends).toHaveLength(1)
  expect(late.change.moves.makes).toHaveLength(1)
})

test('those on duty at their desks are there; without duty whoever is there in working hours; nobody otherwise', () => {
  const ana = { name: 'Ana Kovačević', dutyUntil: at(60), seenAt: at(-1) }
  const bram = { name: 'Bram de Wit', dutyUntil: null, seenAt: at(-1) }
  expect(whoIsHere([ana, bram], at(30), now)).toEqual({ here: ['Ana'], until: at(60) })
  expect(whoIsHere([bram], at(30), now)).toEqual({ here: ['Bram'], until: at(30) })
  expect(whoIsHere([bram], null, now)).toEqual({ here: [], until: null })
  expect(whoIsHere([{ ...ana, seenAt: at(-10) }], at(30), now)).toEqual({ here: [], until: null })
  expect([typicalMinutes([60, 200, 300]), typicalMinutes([1, 2, 3]), typicalMinutes([60, 60])]).toEqual([3, 1, null])
})

const secret = 'between the site and us'
const holds = (signed: string, signature: Buffer) =>
  createHmac('sha256', secret).update(signed).digest().equals(signature)
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
const sign = (payload: unknown, header: unknown = { alg: 'HS256', typ: 'JWT' }, by = secret) => {
  const signed = `${b64(header)}.${b64(payload)}`
  return `${signed}.${createHmac('sha256', by).update(signed).digest('base64url')}`
}
const soon = Math.floor(now.getTime() / 1000) + 3600

test('a site signs who its visitor is; what is old, altered, endless or of another algorithm says nothing', () => {
  const read = (token: string) => readIdentity(token, holds, now)
  expect(read(sign({ email: 'ines@saudade.example', name: 'Inês', exp: soon }))).toMatchObject({
    address: 'ines@saudade.example',
    name: 'Inês',
  })
  expect(read(sign({ email: 'ines@saudade.example', exp: soon - 7200 }))).toBe('identity-old')
  expect(read(sign({ email: 'ines@saudade.example', exp: soon }, undefined, 'another'))).toBe('identity-altered')
  expect(read(sign({ email: 'ines@saudade.example' }))).toBe('identity-broken')
  expect(read(sign({ email: 'ines@saudade.example', exp: soon + 30 * 86_400 }))).toBe('identity-broken')
  expect(read(sign({ email: 'nobody', exp: soon }))).toBe('identity-broken')
  expect(read(sign({ email: 'ines@saudade.example', exp: soon }, { alg: 'none' }))).toBe('identity-broken')
  expect(read(`${b64({ alg: 'HS256' })}.${b64({ email: 'a@b.example', exp: soon })}.`)).toBe('identity-broken')
  const whole = sign({ email: 'ines@saudade.example', exp: soon })
  fc.assert(
    fc.property(fc.nat(whole.length - 1), fc.constantFrom(...'AZaz09-_.'), (place, letter) => {
      const altered = whole.slice(0, place) + letter + whole.slice(place + 1)
      // The last letter of base64url has bits that say nothing.
      fc.pre(altered !== whole && place < whole.length - 1)
      expect(typeof read(altered)).toBe('string')
    }),
  )
})
