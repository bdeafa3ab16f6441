/** Whom a forwarded mail came from: heads as mail programs write them, and what is no forward. */
import { expect, test } from 'vitest'
import { forwardedFrom } from './forwarded.ts'

test.each([
  [
    'Fwd: fuse',
    '---------- Forwarded message ---------\nFrom: Inês Carvalho <ines@saudade.example>\nDate: Mon\n\nGood morning',
    { name: 'Inês Carvalho', address: 'ines@saudade.example' },
  ],
  [
    'WG: Sicherung',
    'Bitte ansehen.\n\n-----Ursprüngliche Nachricht-----\nVon: Rui [mailto:rui@saudade.example]\nGesendet: Montag\n',
    { name: 'Rui', address: 'rui@saudade.example' },
  ],
  [
    'Fwd: x',
    'Begin forwarded message:\n\n> From: "Carvalho, Inês" <ines@saudade.example>\n> Subject: x',
    { name: 'Carvalho, Inês', address: 'ines@saudade.example' },
  ],
  [
    'FW: x',
    '________________________________\nFrom: ines@saudade.example\nSent: Monday',
    { name: '', address: 'ines@saudade.example' },
  ],
])('%s', (subject, text, expected) => {
  expect(forwardedFrom({ subject, text })).toEqual(expected)
})

test('a reply that quotes a head, or a forward without one, names nobody', () => {
  expect(forwardedFrom({ subject: 'Re: x', text: '-----Original Message-----\nFrom: boss@evil.example' })).toBeNull()
  expect(forwardedFrom({ subject: 'Fwd: x', text: 'From: boss@evil.example\nlook at this' })).toBeNull()
})

test('a head that was made to be slow to read is read at once (S18)', () => {
  const text = `-----Original Message-----\nFrom${' '.repeat(19_900)}x`
  const begun = process.cpuUsage().user
  expect(forwardedFrom({ subject: 'Fwd: x', text })).toBeNull()
  expect((process.cpuUsage().user - begun) / 1000).toBeLessThan(500)
})
