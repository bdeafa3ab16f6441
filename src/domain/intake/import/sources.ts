/** Finds the mails in whatever a person points at: an mbox, a Maildir, a folder of single mails, one mail. Follows no link out of it, and opens no archive. */
import { createReadStream } from 'node:fs'
import { open, readdir, stat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type SplitMail, type SplitOptions, splitMbox } from './mbox.ts'

export type FoundMail = SplitMail & { foundAt: string; modifiedAt: Date }

type FoundFile = { path: string; is: 'mail' | 'mbox'; modifiedAt: Date; bytes: number; written: number }

/** Indexes and notes that mail programs keep beside mail. */
const noMail =
  /^\.|^dovecot|^maildirfolder$|\.(zip|gz|bz2|xz|7z|msf|index|idx|json|db|sqlite|md|html?|png|jpe?g|pdf|csv|licen[cs]e)$/i
const namedMail = /\.(eml|mail|msg|rfc822|mbox|mbx)$/i
const headBytes = 16 * 1024

/** Oldest first where files are single mails, so that an answer comes after what it answers. */
export async function* mailsIn(path: string, options: SplitOptions): AsyncGenerator<FoundMail> {
  const there = await stat(path)
  const files = there.isDirectory() ? await filesIn(path) : [await lookedAt(path, true)]
  files.sort((a, b) => a!.written - b!.written || (a!.path < b!.path ? -1 : 1))
  for (const file of files) if (file) yield* mailsOf(file, options)
}

async function* mailsOf(file: FoundFile, options: SplitOptions): AsyncGenerator<FoundMail> {
  const { modifiedAt } = file
  if (file.is === 'mbox') {
    for await (const mail of splitMbox(createReadStream(file.path, { highWaterMark: 256 * 1024 }), options))
      yield { ...mail, foundAt: file.path, modifiedAt }
    return
  }
  const oversize = file.bytes > options.limit
  const raw = await beginningOf(file.path, oversize ? options.headBytes : file.bytes)
  yield { raw, oversizeBytes: oversize ? file.bytes : null, foundAt: file.path, modifiedAt }
}

async function filesIn(folder: string): Promise<FoundFile[]> {
  const found: FoundFile[] = []
  const folders = [folder]
  for (let inside = folders.pop(); inside !== undefined; inside = folders.pop()) {
    const entries = await readdir(inside, { withFileTypes: true })
    // `tmp` of a Maildir holds what is not delivered yet.
    const isMaildir = entries.some(entry => entry.isDirectory() && entry.name === 'cur')
    const delivered = /^(cur|new)$/.test(basename(inside))
    for (const entry of entries) {
      const path = join(inside, entry.name)
      if (entry.isDirectory()) {
        if (!(isMaildir && entry.name === 'tmp')) folders.push(path)
      } else if (entry.isFile() && (delivered || !noMail.test(entry.name))) {
        const file = await lookedAt(path, delivered || namedMail.test(entry.name))
        if (file) found.push(file)
      }
    }
  }
  return found
}

/** Null when it is not a mail at all, unless somebody says that it is one. */
async function lookedAt(path: string, certain: boolean): Promise<FoundFile | null> {
  const { mtime, size } = await stat(path)
  const head = (await beginningOf(path, Math.min(size, headBytes))).toString('latin1')
  const file = { path, modifiedAt: mtime, bytes: size }
  if (/^(\r?\n)*From \S/.test(head)) return { ...file, is: 'mbox', written: dateIn(head) }
  if (!certain && !/^(\r?\n)*([!-9;-~]+:.*\r?\n([ \t].*\r?\n)*){2}/.test(head)) return null
  return { ...file, is: 'mail', written: dateIn(head) }
}

export function dateIn(head: string): number {
  const end = head.search(/\r?\n\r?\n/)
  const field = /^date:\s*(.+(?:\r?\n[ \t].+)*)/im.exec(end < 0 ? head : head.slice(0, end))?.[1]
  const time = Date.parse((field ?? '').replace(/\([^()]*\)/g, '').trim())
  return Number.isNaN(time) ? 0 : time
}

async function beginningOf(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const buffer = Buffer.alloc(bytes)
    let filled = 0
    while (filled < bytes) {
      const { bytesRead } = await file.read(buffer, filled, bytes - filled, filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return buffer.subarray(0, filled)
  } finally {
    await file.close()
  }
}
