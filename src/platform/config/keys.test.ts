import { chmodSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { KeyProblem, openKeys } from './keys.ts'

const dataDir = mkdtempSync(join(tmpdir(), 'keys-'))
afterAll(() => rmSync(dataDir, { recursive: true }))

test('the key is made once, for the owner alone, and is the same for every process', () => {
  const first = openKeys({ dataDir, key: undefined })
  const second = openKeys({ dataDir, key: undefined })
  expect(statSync(join(dataDir, 'keys', 'installation.key')).mode & 0o777).toBe(0o600)
  expect(first.replies).toEqual(second.replies)
  expect(second.unseal(first.seal('päss\nword', 'mailbox 1'), 'mailbox 1')).toBe('päss\nword')
})

test('what is sealed opens only with the same key, for the same row, unchanged', () => {
  const keys = openKeys({ dataDir, key: 'ab'.repeat(32) })
  const sealed = keys.seal('secret', 'mailbox 1')
  expect(() => keys.unseal(sealed, 'mailbox 2')).toThrow(KeyProblem)
  expect(() => openKeys({ dataDir, key: 'ac'.repeat(32) }).unseal(sealed, 'mailbox 1')).toThrow(KeyProblem)
  sealed[sealed.length - 1]! ^= 1
  expect(() => keys.unseal(sealed, 'mailbox 1')).toThrow(KeyProblem)
})

test('the pair that push services know us by is the same in every process, and a point of the curve', () => {
  const { push } = openKeys({ dataDir, key: 'ab'.repeat(32) })
  expect(openKeys({ dataDir, key: 'ab'.repeat(32) }).push).toEqual(push)
  expect(openKeys({ dataDir, key: 'ac'.repeat(32) }).push).not.toEqual(push)
  expect(Buffer.from(push.publicKey, 'base64url')).toHaveLength(65)
  expect(Buffer.from(push.privateKey, 'base64url')).toHaveLength(32)
})

test('a key that others can read is refused with the command that mends it', () => {
  chmodSync(join(dataDir, 'keys', 'installation.key'), 0o644)
  expect(() => openKeys({ dataDir, key: undefined })).toThrow(/chmod 600/)
})
