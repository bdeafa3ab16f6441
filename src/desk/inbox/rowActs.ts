/** What can be done to several conversations at once: each through its own endpoint, a few at a time, and taken back the same way. */
import type { InfiniteData } from '@tanstack/react-query'
import * as contract from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { type Page, withoutRows, withRow } from './rowPatches.ts'

type Row = contract.Row
type Pages = InfiniteData<Page>

/** Runs over all, at most four at once; says which ones failed and why the first did. */
export async function forEach<T>(all: readonly T[], act: (one: T) => Promise<unknown>) {
  const failed: { one: T; error: unknown }[] = []
  const left = [...all]
  const turn = async () => {
    for (let one = left.shift(); one !== undefined; one = left.shift()) {
      const now = one
      await act(now).catch((error: unknown) => failed.push({ one: now, error }))
    }
  }
  await Promise.all(Array.from({ length: 4 }, turn))
  return failed
}

const lists = { queryKey: [contract.list.path] }

export function patchLists(change: (pages: Pages) => Pages) {
  cache.setQueriesData<Pages>(lists, pages => pages && change(pages))
}

export function markRowSeen(id: string) {
  patchLists(pages => withRow(pages, id, row => ({ ...row, unseen: false })))
}

const naming = (rows: readonly Row[]) => {
  const [first, second] = rows
  if (!first) return ''
  if (!second) return first.subject
  if (rows.length === 2) return t('inbox:bulk.two', { first: first.customer.name, second: second.customer.name })
  return t('inbox:bulk.more', { first: first.customer.name, second: second.customer.name, count: rows.length - 2 })
}

function settle(failed: { error: unknown }[], words: string) {
  renew(cache, contract.list, contract.counts, contract.open)
  if (failed[0]) noticeFailure(failed[0].error, t('inbox:bulk.failed', { count: failed.length, words }))
}

export async function putAway(rows: readonly Row[], as: 'spam' | 'trash') {
  patchLists(pages => withoutRows(pages, new Set(rows.map(({ id }) => id))))
  const failed = await forEach(rows, ({ id }) => ask(contract.putAway, { conversationId: id, as }))
  const words = t(`inbox:bulk.${as}`, { count: rows.length })
  settle(failed, words)
  const done = rows.filter(row => !failed.some(({ one }) => one === row))
  if (done.length === 0) return
  notice({
    title: t(`inbox:bulk.${as}`, { count: done.length }),
    detail: naming(done),
    until: Date.now() + 12_000,
    span: 12_000,
    onUndo: () => void takeBack(done),
  })
}

export async function takeBack(rows: readonly Row[]) {
  const failed = await forEach(rows, ({ id }) => ask(contract.takeBack, { conversationId: id }))
  settle(failed, t('inbox:bulk.takenBack', { count: rows.length }))
  if (failed.length < rows.length)
    notice({ title: t('inbox:bulk.takenBack', { count: rows.length - failed.length }), detail: naming(rows) })
}

export async function own(rows: readonly Row[], me: { id: string; name: string }) {
  for (const row of rows)
    patchLists(pages => withRow(pages, row.id, before => ({ ...before, owner: { id: me.id, name: me.name } })))
  const failed = await forEach(rows, ({ id }) => ask(contract.takeOwnership, { conversationId: id }))
  settle(failed, t('inbox:bulk.own', { count: rows.length }))
  if (failed.length < rows.length)
    notice({ title: t('inbox:bulk.own', { count: rows.length - failed.length }), detail: naming(rows) })
}

export async function closeQuietly(rows: readonly Row[], because: (typeof contract.Reason.options)[number]) {
  patchLists(pages => withoutRows(pages, new Set(rows.map(({ id }) => id))))
  const failed = await forEach(rows, row =>
    ask(contract.closeQuietly, { conversationId: row.id, seenVersion: row.version, because }),
  )
  settle(failed, t('inbox:bulk.closed', { count: rows.length }))
  if (failed.length < rows.length)
    notice({ title: t('inbox:bulk.closed', { count: rows.length - failed.length }), detail: naming(rows) })
}
