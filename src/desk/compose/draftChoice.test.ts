/** No written word is dropped without a question. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { afterOtherTab, type Draft, draftToOpen, type LocalDraft, saysNothing } from './draftChoice.ts'

const draft = (body: string, savedAt: number): Draft => ({ body, savedAt, choices: {}, seenVersion: 1 })
const local = (body: string, savedAt: number, more: Partial<LocalDraft> = {}): LocalDraft => ({
  ...draft(body, savedAt),
  tab: 'a',
  shared: null,
  ahead: true,
  ...more,
})

describe('the draft to open', () => {
  test('an empty paragraph is no draft, a picture is one', () => {
    expect(saysNothing('<p></p>')).toBe(true)
    expect(saysNothing('<p>&nbsp; </p>')).toBe(true)
    expect(saysNothing('<p><img src="x"></p>')).toBe(false)
    expect(draftToOpen(local('<p></p>', 9), draft('<p>Hello</p>', 3)).use?.body).toBe('<p>Hello</p>')
  })

  test('words the server has already give way to newer ones written elsewhere', () => {
    const opened = draftToOpen(local('old', 1, { ahead: false, shared: 1 }), draft('newer', 5))
    expect(opened).toMatchObject({ use: { body: 'newer' }, other: null })
  })

  test('words written apart are both kept: ours open, the others are offered', () => {
    const opened = draftToOpen(local('mine', 9, { shared: 2 }), draft('theirs', 5))
    expect(opened).toMatchObject({ use: { body: 'mine' }, other: { body: 'theirs' } })
    expect(draftToOpen(local('mine', 9, { shared: 5 }), draft('before', 5)).other).toBeNull()
  })

  test('whatever stands where, unsaved words open or are offered', () => {
    const body = fc.constantFrom('', 'a', 'b', '<p></p>')
    fc.assert(
      fc.property(body, body, fc.nat(9), fc.nat(9), fc.boolean(), (here, there, at, served, ahead) => {
        const { use, other } = draftToOpen(local(here, at, { ahead }), draft(there, served))
        const shown = [use?.body, other?.body]
        if (!saysNothing(here) && ahead) expect(shown).toContain(here)
        if (!saysNothing(there) && (saysNothing(here) || !ahead)) expect(shown).toContain(there)
      }),
    )
  })

  test('another tab is followed while nothing was written here', () => {
    expect(afterOtherTab({ body: 'x', lastStored: 'x' }, 'xy')).toBe('adopt')
    expect(afterOtherTab({ body: 'x mine', lastStored: 'x' }, 'xy')).toBe('against')
    expect(afterOtherTab({ body: 'xy', lastStored: 'x' }, 'xy')).toBe('same')
  })
})
