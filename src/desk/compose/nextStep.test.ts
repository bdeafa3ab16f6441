/** The chooser says a next step only when the contract would take it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NextStep } from '../../contract/conversations.ts'
import { NewOffer } from '../../contract/options.ts'
import { againstNeed, type Choices, firstChoices, nextStepOf, reasons, restoredChoices, steps } from './nextStep.ts'

const now = new Date('2026-11-24T09:42:00Z')
const suggested = {
  getBackAt: '2026-11-25T13:00:00.000Z',
  askAgainAt: '2026-11-27T13:00:00.000Z',
  followUpAt: '2026-12-01T13:00:00.000Z',
}
const first = firstChoices(suggested)

describe('the next step', () => {
  test('whatever is chosen, what is sent is what the contract takes, and otherwise something is named as missing', () => {
    const moment = fc
      .integer({ min: Date.UTC(2026, 10, 20), max: Date.UTC(2027, 1, 1) })
      .map(ms => new Date(ms).toISOString())
    const words = fc.oneof(fc.constant('  '), fc.constant('Ana sends the price'))
    const option = fc.record({ key: fc.uuid(), words, consequence: words, cost: words, promise: words, dueAt: moment })
    const offers = fc.record({ until: moment, options: fc.array(option, { minLength: 2, maxLength: 4 }) })
    const choices: fc.Arbitrary<Choices> = fc.record({
      is: fc.constantFrom(...steps),
      words,
      dueAt: moment,
      askAgainAt: moment,
      theirWords: words,
      theirDueAt: moment,
      followUpAt: moment,
      personalWord: words,
      alternative: fc.constantFrom('offer' as const, 'none' as const, 'options' as const),
      alternativeWords: words,
      because: fc.option(fc.constantFrom(...reasons)),
      offer: fc.option(offers),
      used: fc.constant([]),
      promised: fc.constant([]),
    })
    fc.assert(
      fc.property(choices, chosen => {
        const got = nextStepOf(chosen, now)
        if ('missing' in got) expect(got.missing).toBeTruthy()
        else {
          expect(NextStep.parse(got.step)).toEqual(got.step)
          if (got.options) expect(NewOffer.parse(got.options)).toEqual(got.options)
          if (got.step.is === 'we-cannot' && got.step.alternative.is === 'options') expect(got.options).toBeDefined()
        }
      }),
    )
  })

  test('a promise needs words, and a time that is ahead', () => {
    expect(nextStepOf(first, now)).toEqual({ missing: 'words' })
    expect(nextStepOf({ ...first, words: 'Ana calls', dueAt: '2026-11-24T09:00:00Z' }, now)).toEqual({
      missing: 'past',
    })
  })

  test('a "no" needs a personal word, and an alternative or why there is none', () => {
    const no = { ...first, is: 'we-cannot' as const }
    expect(nextStepOf(no, now)).toEqual({ missing: 'personalWord' })
    expect(nextStepOf({ ...no, personalWord: 'I am sorry' }, now)).toEqual({ missing: 'alternative' })
  })

  test('a promise later than they need it is told, other steps are not measured by it', () => {
    expect(againstNeed(first, '2026-11-25T12:00:00Z')).toBe('late')
    expect(againstNeed(first, '2026-11-28T12:00:00Z')).toBe('in-time')
    expect(againstNeed({ ...first, is: 'answered' }, '2026-11-25T12:00:00Z')).toBeNull()
  })

  test('a restored draft keeps its words and leaves out what is no choice and what is past', () => {
    const kept = {
      is: 'your-turn',
      theirWords: 'sends the log',
      askAgainAt: '2026-11-01T00:00:00Z',
      because: 7,
      dueAt: {},
    }
    const chosen = restoredChoices(kept, suggested, now)
    expect(chosen).toEqual({ ...first, is: 'your-turn', theirWords: 'sends the log' })
  })
})
