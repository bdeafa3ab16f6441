/** What an administrator is shown of a raw mail: the promised keys, from a file, also for a mail that breaks the parser. */
import { createHash } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { inspect, inspectFile, inspectionLines } from './inspect.ts'

const raw = Buffer.from(
  'From: Ada <ada@example.net>\r\nTo: desk@example.org\r\nCc: bob@example.net\r\nSubject: Kettle\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nIt leaks.\r\n\r\n-- \r\nAda\r\n--b\r\nContent-Type: image/png; name=k.png\r\n\r\npng\r\n--b--\r\n',
)

test('exactly the promised keys, and why', () => {
  expect(inspect(raw)).toEqual({
    from: { name: 'Ada', address: 'ada@example.net' },
    to: [{ name: '', address: 'desk@example.org' }],
    cc: [{ name: '', address: 'bob@example.net' }],
    subject: 'Kettle',
    kind: 'message',
    wouldAcknowledge: true,
    text: 'It leaks.\n\n-- \nAda',
    trimmed: 'It leaks.',
    attachments: [{ name: 'k.png', bytes: 3, sha256: createHash('sha256').update('png').digest('hex') }],
    bounces: [],
    quarantine: null,
    why: [],
  })
})

test('a file is read by the killable parser and shown in lines without control characters', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'pond-inspect-'))
  try {
    const path = join(folder, 'x.eml')
    await writeFile(path, Buffer.concat([raw, Buffer.from('\x1b[2Jred')]))
    const found = await inspectFile(path)
    expect(found).toMatchObject({ subject: 'Kettle', quarantine: null })
    expect(inspectionLines({ ...found, subject: '\x1b[31mred' })).not.toContain('\x1b')
    await expect(inspectFile(join(folder, 'absent.eml'))).rejects.toThrow('ENOENT')
    await writeFile(path, '')
    expect(await inspectFile(path)).toMatchObject({ from: null, quarantine: 'empty', wouldAcknowledge: false })
  } finally {
    await rm(folder, { recursive: true })
  }
})
