/** What an action does to a list already on the screen. Pure, over the pages as they were fetched; order is the server's. */
import type { z } from 'zod'
import type { list, Row } from '../../contract/conversations.ts'

export type Page = z.infer<typeof list.output>
export type Pages = { pages: Page[]; pageParams: unknown[] }

export const rowsOf = (pages: readonly Page[]): Row[] => {
  const seen = new Set<string>()
  // A row may move over the edge between two fetches: it is drawn once, where it comes first.
  return pages.flatMap(page => page.rows).filter(row => !seen.has(row.id) && seen.add(row.id))
}

export function withoutRows<T extends Pages>(pages: T, ids: ReadonlySet<string>): T {
  return { ...pages, pages: pages.pages.map(page => ({ ...page, rows: page.rows.filter(row => !ids.has(row.id)) })) }
}

export function withRow<T extends Pages>(pages: T, id: string, patch: (row: Row) => Row): T {
  const change = (page: Page) =>
    page.rows.some(row => row.id === id)
      ? { ...page, rows: page.rows.map(row => (row.id === id ? patch(row) : row)) }
      : page
  return { ...pages, pages: pages.pages.map(change) }
}

/** How far to move the scroll so that the row a person looks at stays where it is, after others came or went above it. */
export function keptInPlace(before: readonly string[], now: readonly string[], top: number, height: number): number {
  // At the very top one wants to see what is new.
  if (top < height / 2) return top
  const place = new Map(now.map((id, index) => [id, index]))
  const first = Math.floor(top / height)
  for (const id of before.slice(first)) {
    const at = place.get(id)
    if (at !== undefined) return Math.max(0, top + (at - first) * height)
  }
  return top
}
