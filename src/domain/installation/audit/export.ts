/** The audit as a file for spreadsheets. Cells that a spreadsheet would run as a formula are made plain text (S17). */
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { z } from 'zod'
import type { AuditEntry } from '../../../contract/audit.ts'
import type { Db } from '../../../platform/db/index.ts'
import type { Member } from '../../access/index.ts'
import { type AuditFilter, auditPage } from './queries.ts'

const columns = ['at', 'who', 'kind', 'about', 'facts'] as const
const most = 200_000
const together = 1000

export function auditAsCsv(db: Db, actor: Member, filter: AuditFilter): Readable {
  const rows = Readable.from(cells(db, actor, filter))
  // A spreadsheet takes the mark for "this is UTF-8".
  return rows.pipe(stringify({ header: true, columns: [...columns], escape_formulas: true, bom: true }))
}

async function* cells(db: Db, actor: Member, filter: AuditFilter) {
  let after: string | undefined
  for (let count = 0; count < most; count += together) {
    const { entries, next } = await auditPage(db, actor, filter, after, together)
    for (const entry of entries) yield rowOf(entry)
    if (next === null) return
    after = next
  }
}

function rowOf({ at, actor, kind, subject, facts, names }: z.input<typeof AuditEntry>) {
  const said = Object.entries(facts).map(
    ([name, value]) =>
      `${name}=${[value]
        .flat()
        .map(one => shown(one, names))
        .join(' ')}`,
  )
  return { at, who: actor?.name ?? '', kind, about: subject?.name ?? subject?.id ?? '', facts: said.join('; ') }
}

function shown(value: unknown, names: Record<string, string>): string {
  if (typeof value === 'string') return names[value] ?? value
  return typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value)
}
