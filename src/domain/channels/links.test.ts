import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type LinkPurpose, type LinkSubject, linkStands, linkTo, linkToken, readLink } from './links.ts'

const keys = [randomBytes(32)]
const base = new URL('https://desk.example')
const now = new Date('2026-11-24T10:00:00Z')
const subjects: fc.Arbitrary<LinkSubject> = fc.record({
  purpose: fc.constantFrom<LinkPurpose>(
    'follow-up',
    'options',
    'ask',
    'conversation',
    'preferences',
    'unfollow',
    'mentions',
  ),
  subjectId: fc.uuid(),
  addressNumber: fc.nat(2 ** 31),
  recipient: fc.emailAddress(),
  until: fc.date({ min: now, max: new Date('2040-01-01T00:00:00Z'), noInvalidDate: true }),
})

test('a link is read back and holds until its day is over, in any case of letters', () => {
  fc.assert(
    fc.property(subjects, fc.boolean(), (subject, shout) => {
      const token = linkToken(subject, keys)
      const claim = readLink(shout ? token.toUpperCase() : token)!
      expect(claim).toMatchObject({ purpose: subject.purpose, addressNumber: subject.addressNumber })
      expect(claim.subjectId).toBe(subject.subjectId)
      expect(linkStands(claim, subject.recipient, keys, now)).toBe('holds')
      expect(linkStands(claim, subject.recipient, keys, subject.until)).toBe('holds')
      const later = new Date(subject.until.getTime() + 86_400_000)
      expect(linkStands(claim, subject.recipient, keys, later)).toBe('expired')
    }),
  )
})

test('a link holds for no other thing, recipient, purpose, day or key', () => {
  fc.assert(
    fc.property(subjects, subjects, (one, other) => {
      const claim = readLink(linkToken(one, keys))!
      const foreign = readLink(linkToken(other, keys))!
      if (foreign.signature !== claim.signature)
        expect(linkStands({ ...claim, signature: foreign.signature }, one.recipient, keys, now)).toBe('altered')
      if (one.subjectId !== other.subjectId)
        expect(linkStands({ ...claim, subjectId: other.subjectId }, one.recipient, keys, now)).toBe('altered')
      if (one.purpose !== other.purpose)
        expect(linkStands({ ...claim, purpose: other.purpose }, one.recipient, keys, now)).toBe('altered')
      if (one.recipient !== other.recipient) expect(linkStands(claim, other.recipient, keys, now)).toBe('altered')
      expect(linkStands({ ...claim, lastDay: claim.lastDay + 1 }, one.recipient, keys, now)).toBe('altered')
      expect(linkStands(claim, one.recipient, [randomBytes(32)], now)).toBe('altered')
      expect(linkStands(claim, one.recipient, [randomBytes(32), ...keys], now)).toBe('holds')
    }),
  )
})

test('any text is read without trouble, and no changed letter passes', () => {
  fc.assert(
    fc.property(fc.string(), text => {
      expect(readLink(text)).toBeNull()
    }),
  )
  const subject: LinkSubject = {
    purpose: 'options',
    subjectId: '0190a000-0000-7000-8000-000000000001',
    addressNumber: 77,
    recipient: 'ines@cafe.example',
    until: now,
  }
  const token = linkToken(subject, keys)
  for (let place = 0; place < token.length; place++) {
    for (const letter of 'af0z-') {
      const changed = token.slice(0, place) + letter + token.slice(place + 1)
      const claim = changed === token ? null : readLink(changed)
      expect(claim !== null && linkStands(claim, subject.recipient, keys, now) !== 'altered').toBe(false)
    }
  }
})

test('a link names the choice it came from, and stays on our address', () => {
  const subject: LinkSubject = {
    purpose: 'follow-up',
    subjectId: '0190a000-0000-7000-8000-000000000001',
    addressNumber: 1,
    recipient: 'a@b.example',
    until: now,
  }
  expect(linkTo(base, subject, keys, 'worked')).toMatch(
    /^https:\/\/desk\.example\/o\/f[0-9a-f]{32}-1-[0-9a-z]+-[0-9a-f]{32}\/worked$/,
  )
})
