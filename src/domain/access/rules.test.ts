import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Role } from '../../contract/session.ts'
import type { Member } from './actor.ts'
import * as policy from './policy.ts'
import { firstBadHours, isGuessable, isLastAdministrator, isOpen, networkOf } from './rules.ts'

const about = { address: 'jane.doe@example.org', name: 'Jane Doe', organisation: 'Lindqvist Espresso' }

test.each([
  'password123',
  'Passw0rd2026!',
  'P@$$w0rd!!',
  'qwertyuiop',
  '1234567890',
  '0987654321',
  'abc123abc123',
  'aaaaaaaaaaaa',
  'janedoe2026',
  'Jane.Doe.1990',
  'jane.doe@example.org',
  'lindqvist espresso 7',
  'welcomewelcome',
  'changeme!!!!',
])('%j is guessed first', password => {
  expect(isGuessable(password, about)).toBe(true)
})

test.each([
  'nine quiet herons wade',
  'correct horse battery',
  'Lindqvist roasts at dawn',
  'tK4-vv9.Zq2',
  '静かな池に月がひとつ浮かぶ',
])('%j is not', password => {
  expect(isGuessable(password, about)).toBe(false)
})

describe('a network', () => {
  test.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['', 'unknown'],
  ])('%j is %j', (ip, network) => {
    expect(networkOf(ip)).toBe(network)
  })

  test('of two addresses with the same first 64 bits is one', () => {
    fc.assert(
      fc.property(fc.ipV6(), ip => {
        const network = networkOf(ip)
        if (network.endsWith('/64')) expect(networkOf(network.replace('/64', ''))).toBe(network)
      }),
    )
  })
})

test('hours are good when no two of a day share a minute', () => {
  const stretch = fc.record({
    weekday: fc.integer({ min: 1, max: 7 }),
    from: fc.integer({ min: 0, max: 1439 }),
    to: fc.integer({ min: 1, max: 1440 }),
  })
  fc.assert(
    fc.property(fc.array(stretch, { maxLength: 8 }), hours => {
      const minutes = hours.flatMap(({ weekday, from, to }) =>
        Array.from({ length: Math.max(0, to - from) }, (_, n) => weekday * 1440 + from + n),
      )
      const good = hours.every(({ from, to }) => from < to) && new Set(minutes).size === minutes.length
      expect(firstBadHours(hours) === null).toBe(good)
    }),
  )
})

test('an account is open until it is disabled or its time has come', () => {
  const now = new Date()
  expect(isOpen({ disabledAt: null, expiresAt: null }, now)).toBe(true)
  expect(isOpen({ disabledAt: null, expiresAt: new Date(now.getTime() + 1) }, now)).toBe(true)
  expect(isOpen({ disabledAt: null, expiresAt: now }, now)).toBe(false)
  expect(isOpen({ disabledAt: now, expiresAt: null }, now)).toBe(false)
})

test('one administrator who stays is always left', () => {
  const one = fc.record({
    personId: fc.uuid(),
    disabledAt: fc.option(fc.constant(new Date())),
    expiresAt: fc.option(fc.constant(new Date())),
    hasPassword: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(one, { maxLength: 5 }), fc.nat(5), (all, at) => {
      const gone = all[at]
      if (!gone || isLastAdministrator(all, gone.personId)) return
      const lasting = (list: typeof all) => list.filter(each => !each.disabledAt && !each.expiresAt && each.hasPassword)
      const left = lasting(all.filter(each => each !== gone))
      if (lasting(all).length > 0) expect(left.length).toBeGreaterThan(0)
    }),
  )
})

describe('the policy', () => {
  const teams = [randomUUID(), randomUUID(), randomUUID()]
  const people = [randomUUID(), randomUUID()]
  const member: fc.Arbitrary<Member> = fc.record({
    is: fc.constant('member' as const),
    personId: fc.constantFrom(...people),
    name: fc.constant('Jane'),
    administrator: fc.boolean(),
    sessionId: fc.uuid(),
    roles: fc
      .uniqueArray(fc.tuple(fc.constantFrom(...teams), fc.constantFrom(...Role.options)), {
        selector: ([team]) => team,
      })
      .map(pairs => new Map(pairs)),
  })
  const place = fc.record({
    teamId: fc.constantFrom(...teams),
    ownerId: fc.option(fc.constantFrom(...people)),
  })

  test('says of reading what a query by its arguments finds', () => {
    fc.assert(
      fc.property(member, place, (actor, where) => {
        const found =
          policy.visibleTeams(actor).includes(where.teamId) ||
          (where.ownerId === actor.personId && policy.ownedOnlyTeams(actor).includes(where.teamId))
        expect(policy.mayRead(actor, where)).toBe(found)
      }),
    )
  })

  test('lets nobody write, hand over or put away what they may not read', () => {
    fc.assert(
      fc.property(member, place, (actor, where) => {
        if (policy.mayRead(actor, where)) return
        expect(policy.mayWrite(actor, where)).toBe(false)
        expect(policy.mayHandOver(actor, where)).toBe(false)
        expect(policy.mayPutAway(actor, where)).toBe(false)
      }),
    )
  })

  test('opens no conversation to an administrator for being one', () => {
    fc.assert(
      fc.property(member, place, (actor, where) => {
        const plain = { ...actor, administrator: false }
        expect(policy.mayRead({ ...actor, administrator: true }, where)).toBe(policy.mayRead(plain, where))
        expect(policy.scopesOf({ ...actor, administrator: true })).toEqual(policy.scopesOf(plain))
      }),
    )
  })

  test('a partner reads nothing, a colleague only what they own', () => {
    fc.assert(
      fc.property(member, place, (actor, where) => {
        const role = actor.roles.get(where.teamId)
        if (role === undefined || role === 'partner') expect(policy.mayRead(actor, where)).toBe(false)
        if (role === 'colleague') expect(policy.mayRead(actor, where)).toBe(where.ownerId === actor.personId)
      }),
    )
  })

  test('whoever settles a team sees it', () => {
    fc.assert(
      fc.property(member, fc.constantFrom(...teams), (actor, team) => {
        if (policy.maySettle(actor, team)) expect(policy.seesTeam(actor, team)).toBe(true)
      }),
    )
  })
})
