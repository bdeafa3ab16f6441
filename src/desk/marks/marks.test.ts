/** What is typed into fields, how history is folded, and how a list is put in order. */
import { expect, test } from 'vitest'
import { folded } from './fold.ts'
import { movedTo } from './order.ts'
import { typedValue } from './typedValue.ts'

const at = (minutes: number) => new Date(Date.UTC(2026, 10, 24, 9, minutes)).toISOString()
const ana = { id: 'ana', name: 'Ana' }
const tagged = (seq: number, added: string[], removed: string[] = [], more = {}) => ({
  seq,
  kind: 'conversation.tagged',
  at: at(seq),
  actor: ana,
  facts: {
    added,
    removed,
    addedNames: added.map(id => id.toUpperCase()),
    removedNames: removed.map(id => id.toUpperCase()),
  },
  ...more,
})

test('tags put on one after the other are one line; what was taken off again is not spoken of', () => {
  expect(folded(tagged(1, ['a', 'b']), tagged(2, ['c'], ['a']))).toMatchObject({
    seq: 2,
    facts: { addedNames: ['B', 'C'], removedNames: [] },
  })
  expect(folded(tagged(1, ['a']), tagged(2, [], ['a']))).toBe('nothing')
  expect(folded(tagged(1, [], ['a']), tagged(2, ['a', 'b']))).toMatchObject({
    facts: { addedNames: ['B'], removedNames: [] },
  })
})

test('what another did, what came later, and a tag without a name stand for themselves', () => {
  expect(folded(tagged(1, ['a']), tagged(2, ['b'], [], { actor: { id: 'bram', name: 'Bram' } }))).toBeNull()
  expect(folded(tagged(1, ['a']), tagged(12, ['b']))).toBeNull()
  expect(
    folded(tagged(1, ['a']), tagged(2, ['b'], [], { facts: { added: ['b'], removed: [], addedNames: [] } })),
  ).toBeNull()
})

test('fields are named together, a priority set back and a follow taken back are nothing', () => {
  const said = (seq: number, field: string, cleared = false) => ({
    ...tagged(seq, []),
    kind: 'conversation.field-set',
    facts: { field, cleared },
  })
  const both = folded(said(1, 'Machine'), said(2, 'Price'))
  expect(both).toMatchObject({ facts: { fields: ['Machine', 'Price'] } })
  expect(folded(both as never, said(3, 'Machine'))).toMatchObject({ facts: { fields: ['Machine', 'Price'] } })
  expect(folded(said(1, 'Machine'), said(2, 'Machine', true))).toBeNull()
  const weighed = (seq: number, before: number, priority: number) => ({
    ...tagged(seq, []),
    kind: 'conversation.prioritised',
    facts: { before, priority },
  })
  expect(folded(weighed(1, 0, 1), weighed(2, 1, 2))).toMatchObject({ facts: { before: 0, priority: 2 } })
  expect(folded(weighed(1, 0, 1), weighed(2, 1, 0))).toBe('nothing')
  const followed = (seq: number, following: boolean) => ({
    ...tagged(seq, []),
    kind: 'conversation.followed',
    facts: { following },
  })
  expect(folded(followed(1, true), followed(2, false))).toBe('nothing')
})

test.each([
  ['number', '12,5', 12.5],
  ['number', ' -3 ', -3],
  ['number', '1 000,25', 1000.25],
  ['number', '', null],
  ['text', ' two ', 'two'],
  ['date', '2026-11-24', '2026-11-24'],
  ['link', 'lindqvist.example/faro', 'https://lindqvist.example/faro'],
  ['link', 'localhost:4747', 'https://localhost:4747/'],
  ['link', 'HTTP://a.example', 'http://a.example/'],
] as const)('typed into a %s, %j is %j', (kind, typed, value) => {
  expect(typedValue(kind, typed)).toEqual({ value })
})

test.each([
  ['number', '12.5x'],
  ['number', '1e99'],
  ['number', '١٢'],
  ['date', '24.11.2026'],
  ['link', 'javascript:alert(1)'],
  ['link', 'ftp://a.example'],
  ['link', 'not a link'],
  ['link', 'https://a:b@c.example'],
  ['text', 'x'.repeat(2001)],
] as const)('typed into a %s, %.20j is refused', (kind, typed) => {
  expect(typedValue(kind, typed)).toEqual({ wrong: kind })
})

test('one is moved to a place, before the next one or last', () => {
  const all = ['a', 'b', 'c'].map(id => ({ id }))
  const ids = (to: number, id = 'c') => {
    const { order, beforeId } = movedTo(all, id, to)
    return [order.map(each => each.id).join(''), beforeId]
  }
  expect(ids(0)).toEqual(['cab', 'a'])
  expect(ids(1)).toEqual(['acb', 'b'])
  expect(ids(2, 'a')).toEqual(['bca', null])
  expect(ids(1, 'gone')).toEqual(['abc', null])
})
