/** Shows an administrator how a raw mail is read and why (`pond mail inspect FILE`). It reads with the same killable parser as the pipeline and stores nothing. */
import { readFile } from 'node:fs/promises'
import { startParser } from './parser.ts'
import { read } from './read.ts'
import type { Address, Kind, Reading, ReadingOptions } from './reading.ts'

type Named = { name: string; address: string }

export type Inspection = {
  from: Named | null
  to: Named[]
  cc: Named[]
  subject: string
  kind: Kind
  wouldAcknowledge: boolean
  text: string
  trimmed: string
  attachments: { name: string; bytes: number; sha256: string }[]
  bounces: { recipient: string | null; status: string; hard: boolean }[]
  quarantine: string | null
  why: string[]
}

export function inspect(raw: Buffer, options: ReadingOptions = {}): Inspection {
  return shown(read(raw, options))
}

export async function inspectFile(path: string, options: ReadingOptions = {}): Promise<Inspection> {
  const raw = await readFile(path)
  const parser = startParser()
  try {
    const [outcome] = await parser.readMany([{ id: path, raw }], options)
    return outcome?.reading ? shown(outcome.reading) : unreadable(outcome?.quarantine ?? 'parser-failed')
  } finally {
    await parser.stop()
  }
}

function shown(reading: Reading): Inspection {
  return {
    from: reading.from && named(reading.from),
    to: reading.to.map(named),
    cc: reading.cc.map(named),
    subject: reading.subject,
    kind: reading.kind,
    wouldAcknowledge: reading.wouldAcknowledge && reading.quarantine === null,
    text: reading.text,
    trimmed: reading.trimmed,
    attachments: reading.attachments.map(({ name, bytes, sha256 }) => ({ name, bytes, sha256 })),
    bounces: reading.bounces.map(({ recipient, status, hard }) => ({ recipient, status, hard })),
    quarantine: reading.quarantine,
    why: [...reading.why, ...reading.bounces.map(bounceReason), ...reading.cut.map(part => `cut: ${part}`)],
  }
}

function unreadable(quarantine: string): Inspection {
  return {
    from: null,
    to: [],
    cc: [],
    subject: '',
    kind: 'message',
    wouldAcknowledge: false,
    text: '',
    trimmed: '',
    attachments: [],
    bounces: [],
    quarantine,
    why: [`quarantine: ${quarantine}`],
  }
}

function bounceReason(bounce: Reading['bounces'][number]): string {
  return `bounce: ${bounce.recipient ?? '?'} ${bounce.reason}${bounce.diagnostic ? ` (${bounce.diagnostic.slice(0, 120)})` : ''}`
}

function named({ name, address }: Address): Named {
  return { name, address }
}

/** The same keys as the JSON, one per line, for a terminal: control characters of the mail never reach it. */
export function inspectionLines(it: Inspection): string {
  const person = (one: Named) => (one.name ? `${one.name} <${one.address}>` : one.address)
  const lines = [
    `from: ${it.from ? person(it.from) : '–'}`,
    `to: ${it.to.map(person).join(', ') || '–'}`,
    ...(it.cc.length > 0 ? [`cc: ${it.cc.map(person).join(', ')}`] : []),
    `subject: ${it.subject}`,
    `kind: ${it.kind}`,
    `wouldAcknowledge: ${it.wouldAcknowledge}`,
    ...it.why.map(reason => `why: ${reason}`),
    ...it.attachments.map(one => `attachment: ${one.name} ${one.bytes} ${one.sha256}`),
    ...it.bounces.map(one => `bounce: ${one.recipient ?? '?'} ${one.status || '–'} ${one.hard ? 'hard' : 'soft'}`),
    `quarantine: ${it.quarantine ?? '–'}`,
    '',
    it.trimmed,
  ]
  if (it.trimmed !== it.text) lines.push('', `[+ ${it.text.length - it.trimmed.length}]`)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return lines.join('\n').replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, '')
}
