/** Which fields of a form are asked, and what will do as an answer. */
import { expect, test } from 'vitest'
import { FormField } from '../../../contract/forms.ts'
import { asked, formTrouble, isDay, troubleWith } from './rules.ts'

const id = (n: number) => `0190a000-0000-7000-8000-00000000000${n}`
const field = (n: number, more: object = {}) => FormField.parse({ id: id(n), kind: 'line', label: `F${n}`, ...more })
const machine = field(1, { kind: 'choice', choices: ['Faro', 'Grinder'] })
const serial = field(2, { when: { fieldId: id(1), is: 'Faro' }, required: true })
const plate = field(3, { kind: 'yes-no', when: { fieldId: id(2), is: 'x' } })

test('a field is asked only where its condition is met, and never beneath one that is not asked', () => {
  const fields = [machine, serial, plate]
  const names = (filled: [string, string[]][]) => asked(fields, new Map(filled)).map(({ label }) => label)
  expect(names([])).toEqual(['F1'])
  expect(names([[id(1), ['Faro']]])).toEqual(['F1', 'F2'])
  expect(
    names([
      [id(1), ['Faro']],
      [id(2), ['x']],
    ]),
  ).toEqual(['F1', 'F2', 'F3'])
  expect(
    names([
      [id(1), ['Grinder']],
      [id(2), ['x']],
    ]),
  ).toEqual(['F1'])
})

test('what is filled in is held to the kind of the field', () => {
  expect(troubleWith(serial, [' '])).toBe('needed')
  expect(troubleWith(machine, [])).toBeNull()
  expect(troubleWith(machine, ['Toaster'])).toBe('choose')
  expect(troubleWith(field(4, { kind: 'number' }), ['3,5'])).toBeNull()
  expect(troubleWith(field(4, { kind: 'number' }), ['three'])).toBe('number')
  expect([isDay('2026-02-28'), isDay('2026-02-30'), isDay('28.2.')]).toEqual([true, false, false])
})

test('a form whose conditions look down, or at nothing one can choose, is refused', () => {
  expect(formTrouble([machine, serial])).toBeNull()
  expect(formTrouble([serial, machine])?.path).toBe('fields.0.when')
  expect(formTrouble([machine, machine])?.path).toBe('fields.1.id')
  expect(formTrouble([field(5, { kind: 'choice' })])?.path).toBe('fields.0.choices')
})
