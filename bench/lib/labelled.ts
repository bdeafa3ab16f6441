/** Reads labelled questions: CSV with `text` and `category`, quoted where a text holds a comma, a quote or a line. Refuses a file without these two. */
import { readFileSync } from 'node:fs'

export type Labelled = { text: string; category: string }

export function labelled(file: string): Labelled[] {
  const [head, ...rows] = rowsOf(readFileSync(file, 'utf8').replace(/^\ufeff/, ''))
  const [text, category] = [head?.indexOf('text') ?? -1, head?.indexOf('category') ?? -1]
  if (text < 0 || category < 0) throw new Error(`${file} has no columns "text" and "category"`)
  return rows.flatMap(row => (row[text]?.trim() ? [{ text: row[text]!, category: row[category] ?? '' }] : []))
}

/** RFC 4180. */
function rowsOf(csv: string): string[][] {
  const rows: string[][] = []
  let row: string[] = []
  for (const [, quoted, plain, end] of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    row.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'))
    if (end === ',') continue
    if (row.length > 1 || row[0] !== '') rows.push(row)
    row = []
    if (end === '') break
  }
  return rows
}
