/** A page of Insight as a file for spreadsheets. Cells that a spreadsheet would run as a formula are made plain text (S17). */
import { stringify } from 'csv-stringify/sync'
import type { Db } from '../../platform/db/index.ts'
import type { Member } from '../access/index.ts'
import { type Asked, columnsOf, insightRows } from './queries.ts'

export async function insightAsCsv(db: Db, actor: Member, asked: Asked, now: Date) {
  const { period, rows } = await insightRows(db, actor, asked, now)
  const columns = ['from', 'by', 'team', ...columnsOf(asked.page)]
  // A spreadsheet takes the mark for "this is UTF-8".
  return { period, csv: stringify(rows, { header: true, columns, escape_formulas: true, bom: true }) }
}
