/** One act on the chosen conversations: shown at once, asked in one go, and taken back as a whole. Says what could not be done, and why. */
import { type BulkAct, bulk, mostAtOnce, undoAct } from '../../contract/bulk.ts'
import * as contract from '../../contract/conversations.ts'
import { viewCounts } from '../../contract/saved-views.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { patchLists } from './patchLists.ts'
import { withoutRows, withRow } from './rowPatches.ts'

type Row = contract.Row
type Me = { id: string; name: string }
type Result = { id: string; done: boolean; code: string | null }

/** What a list looks like once it is done: some leave it, others change in place. */
function show(act: BulkAct, rows: readonly Row[], me: Me, change: Partial<Row> | null) {
  const ids = new Set(rows.map(({ id }) => id))
  if (['close', 'snooze', 'spam', 'trash', 'take-back'].includes(act.is))
    return patchLists(pages => withoutRows(pages, ids))
  const patch = act.is === 'own' ? { owner: me } : change
  if (!patch) return
  patchLists(pages => [...ids].reduce((all, id) => withRow(all, id, row => ({ ...row, ...patch })), pages))
}

const naming = (rows: readonly Row[]) => {
  const [first, second] = rows
  if (!first) return ''
  if (!second) return first.subject
  if (rows.length === 2) return t('inbox:bulk.two', { first: first.customer.name, second: second.customer.name })
  return t('inbox:bulk.more', { first: first.customer.name, second: second.customer.name, count: rows.length - 2 })
}

function renewAll() {
  renew(cache, contract.list, contract.counts, contract.open, viewCounts)
}

/** `words` counts: "3 closed". `change` is how a row looks afterwards, where it stays. */
export async function actOn(
  rows: readonly Row[],
  act: BulkAct,
  me: Me,
  words: string,
  change: Partial<Row> | null = null,
) {
  if (rows.length === 0) return
  show(act, rows, me, change)
  const results: Result[] = []
  const undos: string[] = []
  let broken: unknown = null
  for (let at = 0; at < rows.length && !broken; at += mostAtOnce) {
    const ids = rows.slice(at, at + mostAtOnce).map(({ id }) => id)
    await ask(bulk, { ids, act }).then(
      answer => {
        results.push(...answer.results)
        if (answer.undo) undos.push(answer.undo)
      },
      (problem: unknown) => {
        broken = problem
      },
    )
  }
  renewAll()
  const done = new Set(results.filter(each => each.done).map(({ id }) => id))
  const failed = results.filter(each => !each.done)
  if (done.size > 0)
    notice({
      title: t(`views:done.${words}`, { count: done.size }),
      detail: failed.length > 0 ? refusedWords(failed) : naming(rows.filter(({ id }) => done.has(id))),
      ...(undos.length > 0 ? { until: Date.now() + 12_000, span: 12_000, onUndo: () => void takeBackAll(undos) } : {}),
    })
  else if (failed.length > 0)
    notice({ tone: 'failed', title: t('inbox:bulk.failed', { count: failed.length }), detail: refusedWords(failed) })
  if (broken) noticeFailure(broken)
}

/** The first reason, in words; codes without words get the general ones. */
function refusedWords(failed: readonly Result[]): string {
  const code = failed.find(each => each.code)?.code ?? 'other'
  const known = ['has-owner', 'not-yours', 'not-in-team', 'absent', 'put-away', 'needs-introduction', 'already']
  return t(`views:refused.${known.includes(code) ? code : 'other'}`, { count: failed.length })
}

async function takeBackAll(undos: readonly string[]) {
  let done = 0
  const failed: Result[] = []
  try {
    for (const undo of undos) {
      const answer = await ask(undoAct, { undo })
      done += answer.done
      failed.push(...answer.results.filter(each => !each.done))
    }
  } catch (problem) {
    noticeFailure(problem instanceof Problem ? problem : new Problem({ code: 'broken', status: 0 }))
  }
  renewAll()
  if (done > 0 || failed.length > 0)
    notice({
      title: t('views:done.undone', { count: done }),
      detail: failed.length > 0 ? t('views:refused.changedSince', { count: failed.length }) : undefined,
    })
}
