/** What was given away as a file for bookkeeping. Cells that a spreadsheet would run as a formula are made plain text (S17). */
import { Readable } from 'node:stream'
import { stringify } from 'csv-stringify'
import type { GoodwillFilter, GoodwillView } from '../../contract/goodwill.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Member } from '../access/index.ts'
import { goodwillPage } from './queries.ts'

const columns = [
  'id',
  'granted',
  'asked',
  'state',
  'kind',
  'amount',
  'currency',
  'what',
  'reason',
  'customer',
  'organisation',
  'conversation',
  'by',
  'decided by',
  'decision',
  'taken back',
  'taken back by',
  'taken back because',
  'had been used',
]
const most = 200_000
const together = 500

export function goodwillAsCsv(db: Db, actor: Member, filter: GoodwillFilter): Readable {
  const rows = Readable.from(cells(db, actor, filter))
  // A spreadsheet takes the mark for "this is UTF-8".
  return rows.pipe(stringify({ header: true, columns, escape_formulas: true, bom: true }))
}

async function* cells(db: Db, actor: Member, filter: GoodwillFilter) {
  let after: string | undefined
  for (let count = 0; count < most; count += together) {
    const page = await goodwillPage(db, actor, filter, after, together)
    for (const row of page.rows) yield cellsOf(row)
    if (page.next === null) return
    after = page.next
  }
}

function cellsOf(row: GoodwillView): (string | number)[] {
  const { id, state, kind, currency, what, reason } = row
  const who = [
    row.person?.name ?? '',
    row.organisation?.name ?? '',
    row.conversation?.number ?? '',
    row.by.name,
    row.decidedBy?.name ?? '',
    row.decidedWords ?? '',
    row.withdrawn?.at ?? '',
    row.withdrawn?.by.name ?? '',
    row.withdrawn?.words ?? '',
    row.withdrawn ? (row.withdrawn.used ? 'yes' : 'no') : '',
  ]
  return [
    id,
    row.grantedAt ?? '',
    row.askedAt,
    state,
    kind,
    amountOf(row.minor, currency),
    currency,
    what,
    reason,
    ...who,
  ]
}

/** With as many places as the currency has, and a point, wherever it is read. */
function amountOf(minor: number, currency: string): string {
  const digits =
    new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2
  if (digits === 0) return String(minor)
  const text = String(minor).padStart(digits + 1, '0')
  return `${text.slice(0, -digits)}.${text.slice(-digits)}`
}
