/** The stream reads as it happened. */
import { describe, expect, test } from 'vitest'
import type { MessageView } from '../../contract/conversations.ts'
import { cameWhileWriting, type Happened, streamOf } from './streamOrder.ts'

const message = (id: string, minute: number, more: Partial<MessageView> = {}) =>
  ({
    id,
    kind: 'message',
    at: `2026-11-24T10:${String(minute).padStart(2, '0')}:00Z`,
    author: null,
    takenBackAt: null,
    ...more,
  }) as MessageView
const happening = (seq: number, kind: string, minute: number, facts: Record<string, unknown> = {}): Happened => ({
  seq,
  kind,
  at: `2026-11-24T10:${String(minute).padStart(2, '0')}:00Z`,
  actor: null,
  facts,
})
const keys = (items: { key: string }[]) => items.map(({ key }) => key)

describe('the stream', () => {
  test('is in the order in which things happened, whatever offset their times carry', () => {
    const late = { ...message('b', 0), at: '2026-11-24T12:05:00+02:00' }
    const view = {
      messages: [message('a', 1), late],
      happenings: [happening(1, 'conversation.owned', 3)],
      earlier: null,
    }
    expect(keys(streamOf(view))).toEqual(['a', 'h1', 'b'])
  })

  test('says nothing twice: what a message did stands in the message', () => {
    const happenings = [
      happening(1, 'message.replied', 1, { messageId: 'a' }),
      happening(2, 'promise.kept', 1, { messageId: 'a' }),
      happening(3, 'promise.kept', 2),
    ]
    expect(keys(streamOf({ messages: [message('a', 1)], happenings, earlier: null }))).toEqual(['a', 'h3'])
  })

  test('what happened before the messages on the screen waits for them', () => {
    const happenings = [happening(1, 'conversation.owned', 0), happening(2, 'conversation.owned', 7)]
    expect(keys(streamOf({ messages: [message('a', 5)], happenings, earlier: 'more' }))).toEqual(['a', 'h2'])
  })

  test('draws the line before the first message that came while one was writing', () => {
    const messages = [message('a', 1), message('b', 2), message('c', 3)]
    expect(keys(streamOf({ messages, happenings: [], earlier: null }, new Set(['b', 'c'])))).toEqual([
      'a',
      'fresh',
      'b',
      'c',
    ])
  })
})

test('a reply is stopped by what others said since, notes too, and not by acknowledgements or own words', () => {
  const messages = [
    message('old', 1),
    message('new', 2, { author: { id: 'ines', name: 'Inês' } }),
    message('mine', 3, { kind: 'reply', author: { id: 'me', name: 'Ana' } }),
    message('colleague', 4, { kind: 'reply', author: { id: 'bram', name: 'Bram' } }),
    message('note', 5, { kind: 'note', author: { id: 'bram', name: 'Bram' } }),
    message('ack', 6, { kind: 'acknowledgement' }),
  ]
  expect(cameWhileWriting(new Set(['old']), messages, 'me').map(({ id }) => id)).toEqual(['new', 'colleague', 'note'])
})
