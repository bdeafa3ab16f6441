/** Changes rows in every list that is on the screen or was, before the server says so. */
import type { InfiniteData } from '@tanstack/react-query'
import { list } from '../../contract/conversations.ts'
import { cache } from '../cache.ts'
import { type Page, withRow } from './rowPatches.ts'

type Pages = InfiniteData<Page>

export function patchLists(change: (pages: Pages) => Pages) {
  cache.setQueriesData<Pages>({ queryKey: [list.path] }, pages => pages && change(pages))
}

export function markRowSeen(id: string) {
  patchLists(pages => withRow(pages, id, row => ({ ...row, unseen: false })))
}
