/** When a check-in is owed, over everything that may be the case. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checkInDue, officeHours } from './due.ts'
import { checkInAfter, type Standing } from './rules.ts'

const moment = fc.date({ min: new Date('2024-01-01'), max: new Date('2030-01-01'), noInvalidDate: true })
const standing: fc.Arbitrary<Standing> = fc.record({
  keeperId: fc.constantFrom(null, 'ana', 'bram'),
  rhythmDays: fc.constantFrom(null, 30),
  lastContactAt: fc.option(moment),
  openProblem: fc.boolean(),
  open: fc.option(fc.record({ byPersonId: fc.constantFrom('ana', 'bram'), from: fc.option(moment) })),
})

test('afterwards one is open exactly where somebody keeps a rhythm and no problem is open, it is theirs, and asking again changes nothing', () => {
  fc.assert(
    fc.property(standing, before => {
      const decided = checkInAfter(before)
      const stands = before.open && decided.ends === null ? before.open : null
      const open = decided.makes
        ? { byPersonId: before.keeperId, from: before.lastContactAt }
        : stands && { ...stands, byPersonId: decided.passesOn ? before.keeperId : stands.byPersonId }
      const owed = before.keeperId !== null && before.rhythmDays !== null && !before.openProblem
      expect(open !== null).toBe(owed)
      if (open) expect(open.byPersonId).toBe(before.keeperId)
      expect(checkInAfter({ ...before, open })).toEqual({ ends: null, makes: false, passesOn: false })
    }),
  )
})

test('a check-in is due on a working moment that lies ahead', () => {
  const calendar = officeHours('Europe/Lisbon')
  fc.assert(
    fc.property(
      moment,
      fc.integer({ min: 1, max: 730 }),
      fc.integer({ min: 0, max: 900 }),
      fc.nat({ max: 60 }),
      (from, rhythmDays, passed, turn) => {
        const now = new Date(from.getTime() + passed * 86_400_000)
        const { dueAt, late } = checkInDue(calendar, { from, rhythmDays, now, turn })
        expect(dueAt.getTime()).toBeGreaterThan(now.getTime())
        expect(['Sat', 'Sun']).not.toContain(
          dueAt.toLocaleDateString('en', { weekday: 'short', timeZone: 'Europe/Lisbon' }),
        )
        if (passed > rhythmDays + 4) expect(late).toBe(true)
      },
    ),
  )
})
