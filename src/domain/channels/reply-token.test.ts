import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  isOurLoopMark,
  loopMark,
  readToken,
  type TokenPurpose,
  type TokenSubject,
  tokenAddress,
  tokenHolds,
} from './reply-token.ts'

const keys = [randomBytes(32)]
const subjects: fc.Arbitrary<TokenSubject> = fc.record({
  purpose: fc.constantFrom<TokenPurpose>('reply', 'ask', 'staff', 'return'),
  conversationId: fc.uuid(),
  conversationNumber: fc.nat(2 ** 31),
  recipient: fc.emailAddress(),
  addressNumber: fc.nat(2 ** 31),
})

test('an address we signed is read back and holds, in any case of letters', () => {
  fc.assert(
    fc.property(subjects, fc.boolean(), (subject, shout) => {
      const address = tokenAddress('help@desk.example', subject, keys)!
      const claim = readToken(shout ? address.toUpperCase() : address)!
      expect(claim).toMatchObject({ purpose: subject.purpose, base: 'help@desk.example' })
      expect(claim.conversationNumber).toBe(subject.conversationNumber)
      expect(claim.addressNumber).toBe(subject.addressNumber)
      expect(tokenHolds(claim, subject, keys)).toBe(true)
    }),
  )
})

test('a token holds for no other conversation, recipient, purpose, number or key', () => {
  fc.assert(
    fc.property(subjects, subjects, (one, other) => {
      const claim = readToken(tokenAddress('help@desk.example', one, keys)!)!
      if (one.conversationId !== other.conversationId)
        expect(tokenHolds(claim, { ...one, conversationId: other.conversationId }, keys)).toBe(false)
      if (one.recipient !== other.recipient)
        expect(tokenHolds(claim, { ...one, recipient: other.recipient }, keys)).toBe(false)
      if (one.purpose !== other.purpose) expect(tokenHolds({ ...claim, purpose: other.purpose }, one, keys)).toBe(false)
      if (one.addressNumber !== other.addressNumber)
        expect(tokenHolds({ ...claim, addressNumber: other.addressNumber }, one, keys)).toBe(false)
      if (one.conversationNumber !== other.conversationNumber)
        expect(tokenHolds({ ...claim, conversationNumber: other.conversationNumber }, one, keys)).toBe(false)
      expect(tokenHolds(claim, one, [randomBytes(32)])).toBe(false)
    }),
  )
})

test('no changed letter of a token passes', () => {
  const subject: TokenSubject = {
    purpose: 'reply',
    conversationId: '0190a000-0000-7000-8000-000000000001',
    conversationNumber: 4817,
    recipient: 'ines@cafe.example',
    addressNumber: 77,
  }
  const address = tokenAddress('help@desk.example', subject, keys)!
  for (let place = address.indexOf('+') + 1; place < address.indexOf('@'); place++) {
    for (const letter of 'abr7-') {
      const changed = address.slice(0, place) + letter + address.slice(place + 1)
      const claim = changed === address ? null : readToken(changed)
      expect(claim !== null && tokenHolds(claim, subject, keys)).toBe(false)
    }
  }
})

test('a local part never grows over 64 characters: then there is no token', () => {
  fc.assert(
    fc.property(subjects, fc.integer({ min: 1, max: 64 }), (subject, length) => {
      const address = tokenAddress(`${'m'.repeat(length)}@desk.example`, subject, keys)
      if (address === null) expect(length).toBeGreaterThan(20)
      else expect(address.indexOf('@')).toBeLessThanOrEqual(64)
    }),
  )
})

test('any text is read without trouble, and hardly any is a token', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(readToken(text)).toBeNull()
      expect(readToken(`a+${text}@b.example`)).toBeNull()
    }),
  )
  expect(readToken('plain@desk.example')).toBeNull()
  expect(readToken('help+newsletter@desk.example')).toBeNull()
})

test('a token signed with an older key still holds', () => {
  const subject: TokenSubject = {
    purpose: 'return',
    conversationId: '0190a000-0000-7000-8000-000000000001',
    conversationNumber: 1,
    recipient: 'a@b.example',
    addressNumber: 1,
  }
  const claim = readToken(tokenAddress('help@desk.example', subject, keys)!)!
  expect(tokenHolds(claim, subject, [randomBytes(32), ...keys])).toBe(true)
})

test('our loop mark is known as ours and nobody can make another', () => {
  const mark = loopMark('0190a000-0000-7000-8000-000000000001', keys)
  expect(isOurLoopMark(` ${mark} `, '0190a000-0000-7000-8000-000000000001', keys)).toBe(true)
  expect(isOurLoopMark(mark, '0190a000-0000-7000-8000-000000000002', keys)).toBe(false)
  expect(isOurLoopMark(mark, '0190a000-0000-7000-8000-000000000001', [randomBytes(32)])).toBe(false)
  expect(isOurLoopMark('', '0190a000-0000-7000-8000-000000000001', keys)).toBe(false)
})
