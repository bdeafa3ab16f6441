/** Saved views on the desk: read once, told apart, saved, changed, put in order, deleted and taken back. */
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import * as contract from '../../contract/saved-views.ts'
import { t } from '../../words/desk.ts'
import { ask, besides, type Input, Problem } from '../api.ts'
import { cache } from '../cache.ts'
import { useLive } from '../live.ts'
import { goTo, whereNow } from '../shell/going.ts'
import { notice, noticeFailure } from '../shell/notices.ts'

export type SavedView = contract.SavedView
export const viewsQuery = besides(contract.views, {})
const countsQuery = besides(contract.viewCounts, {})

export function useSavedViews(): SavedView[] {
  return useQuery(viewsQuery).data?.views ?? []
}

/** Without waiting: for names of lists one came from. */
export function savedViewNow(id: string | undefined): SavedView | undefined {
  return id ? cache.getQueryData(viewsQuery.queryKey)?.views.find(view => view.id === id) : undefined
}

const renewViews = () => cache.invalidateQueries({ queryKey: [contract.views.path] })
const renewCounts = () => cache.invalidateQueries({ queryKey: [contract.viewCounts.path] })

/** Counts follow what happens, a few seconds behind and at most once in that time: counting is the server's work. */
export function useViewCounts(enabled: boolean) {
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  useLive(event => {
    if (/^view\./.test(event.kind)) void renewViews()
    if (!enabled || waiting.current || !/^(conversation|message|follow-up|promise|view|tag)\./.test(event.kind)) return
    waiting.current = setTimeout(() => {
      waiting.current = undefined
      void renewCounts()
    }, 3000)
  })
  useEffect(() => () => clearTimeout(waiting.current), [])
  const { data } = useQuery({ ...countsQuery, enabled })
  return (id: string) => data?.counts.find(({ viewId }) => viewId === id)?.count
}

function put(views: (before: SavedView[]) => SavedView[]) {
  cache.setQueryData(viewsQuery.queryKey, before => before && { views: views(before.views) })
}

export async function saveView(input: Input<typeof contract.saveView>): Promise<SavedView> {
  const { view } = await ask(contract.saveView, input)
  put(before => [...before, view])
  void renewViews()
  void renewCounts()
  return view
}

export async function changeView(input: Input<typeof contract.changeView>): Promise<boolean> {
  put(before => before.map(view => (view.id === input.viewId ? ({ ...view, ...input } as SavedView) : view)))
  try {
    await ask(contract.changeView, input)
    return true
  } catch (problem) {
    noticeFailure(problem)
    return false
  } finally {
    void renewViews()
    void renewCounts()
  }
}

/** One place up or down among those of its kind. */
export async function moveView(view: SavedView, by: -1 | 1) {
  const views = cache.getQueryData(viewsQuery.queryKey)?.views ?? []
  const kind = views.filter(each => (each.team?.id ?? null) === (view.team?.id ?? null) && each.mayChange)
  const at = kind.findIndex(each => each.id === view.id)
  const other = kind[at + by]
  if (!other) return
  const order = kind.map(each => (each.id === view.id ? other : each.id === other.id ? view : each))
  put(before => {
    const left = [...order]
    return before.map(each => (kind.some(one => one.id === each.id) ? left.shift()! : each))
  })
  await ask(contract.orderViews, { viewIds: order.map(each => each.id) }).catch(noticeFailure)
  void renewViews()
}

export async function deleteView(view: SavedView) {
  put(before => before.filter(each => each.id !== view.id))
  try {
    await ask(contract.deleteView, { viewId: view.id })
    if (whereNow().pathname === `/views/${view.id}`)
      void goTo({ to: '/inbox/$view', params: { view: 'mine' }, search: {} })
    notice({
      title: t('views:deleted', { name: view.name }),
      detail: t(view.team ? 'views:deletedTeam' : 'views:deletedMine', { team: view.team?.name }),
      until: Date.now() + 12_000,
      span: 12_000,
      onUndo: () => void restore(view),
    })
  } catch (problem) {
    noticeFailure(problem)
  }
  void renewViews()
}

async function restore(view: SavedView) {
  try {
    await ask(contract.restoreView, { viewId: view.id })
    await renewViews()
    void goTo({ to: '/views/$viewId', params: { viewId: view.id }, search: {} })
  } catch (problem) {
    noticeFailure(problem instanceof Problem ? problem : new Problem({ code: 'broken', status: 0 }))
  }
}
