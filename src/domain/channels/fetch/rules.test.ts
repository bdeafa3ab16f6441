import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBacklog, portions, receivedAt, startAfterRenumbering } from './rules.ts'

const connectedAt = new Date('2026-11-01T12:00:00Z')
const days = (n: number, from = connectedAt) => new Date(from.getTime() + n * 86_400_000)
const era = { startAfter: 100, renumbered: false, connectedAt, lastGoodPollAt: null }

test('mail that was there when the mailbox was connected is old', () => {
  expect(isBacklog({ uid: 100, internalDate: days(5), received: null }, era)).toBe(true)
  expect(isBacklog({ uid: 101, internalDate: days(0.01), received: null }, era)).toBe(false)
})

test('a server clock that runs a little late makes no new mail old', () => {
  expect(isBacklog({ uid: 101, internalDate: days(-0.2), received: null }, era)).toBe(false)
})

test('old mail that is moved here later is old', () => {
  const running = { ...era, lastGoodPollAt: days(20) }
  expect(isBacklog({ uid: 200, internalDate: days(10), received: null }, running)).toBe(true)
  expect(isBacklog({ uid: 200, internalDate: days(-400), received: null }, era)).toBe(true)
  expect(isBacklog({ uid: 201, internalDate: days(19.9), received: null }, running)).toBe(false)
})

test('mail that waited while Pond was down for days is new', () => {
  expect(isBacklog({ uid: 200, internalDate: days(3), received: null }, { ...era, lastGoodPollAt: days(2) })).toBe(
    false,
  )
})

test('after renumbering only times count, and the earlier of the two', () => {
  const renumbered = { ...era, startAfter: 0, renumbered: true }
  expect(isBacklog({ uid: 1, internalDate: days(-0.1), received: null }, renumbered)).toBe(true)
  expect(isBacklog({ uid: 2, internalDate: days(9), received: days(-30) }, renumbered)).toBe(true)
  expect(isBacklog({ uid: 3, internalDate: days(9), received: days(9) }, renumbered)).toBe(false)
})

test('the top-most Received field tells when the mail came', () => {
  const raw = Buffer.from(
    'Return-Path: <>\r\nReceived: from a (b [1.2.3.4])\r\n\tby c with ESMTP id 1;\r\n\tTue, 24 Nov 2026 10:00:00 +0100 (CET)\r\nReceived: by d; Mon, 23 Nov 2026 10:00:00 +0100\r\n\r\nReceived: x; Sun, 1 Jan 2006 00:00:00 +0000\r\n',
  )
  expect(receivedAt(raw)).toEqual(new Date('2026-11-24T09:00:00Z'))
  expect(receivedAt(Buffer.from('Subject: x\r\n\r\nReceived: by d; Mon, 23 Nov 2026 10:00:00 +0100\r\n'))).toBeNull()
  expect(receivedAt(Buffer.from('Received: nonsense\r\n\r\n'))).toBeNull()
})

test('renumbered old mail at the front is not fetched at all', () => {
  const head = (uid: number, at: Date) => ({ uid, bytes: 1, internalDate: at })
  expect(startAfterRenumbering([head(1, days(-9)), head(2, days(-1)), head(3, days(1))], connectedAt)).toBe(2)
  expect(startAfterRenumbering([head(1, days(1)), head(2, days(-1))], connectedAt)).toBe(0)
})

test('every mail is in exactly one portion, in order, within the caps', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 150 })), sizes => {
      const heads = sizes.map((bytes, n) => ({ uid: n + 1, bytes, internalDate: connectedAt }))
      const cut = portions(heads, { mails: 4, bytes: 200, limit: 100 })
      expect(cut.flatMap(portion => portion.uids)).toEqual(heads.map(head => head.uid))
      for (const { uids, oversize } of cut) {
        const bytes = uids.reduce((sum, uid) => sum + sizes[uid - 1]!, 0)
        if (oversize) expect(uids).toEqual([oversize.uid])
        else expect(uids.length <= 4 && (bytes <= 200 || uids.length === 1)).toBe(true)
        expect(oversize !== null).toBe(sizes[uids[0]! - 1]! > 100)
      }
    }),
  )
})
