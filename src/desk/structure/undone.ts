/** The notice after an act that can be taken back, and taking it back. */
import type { ReactNode } from 'react'
import { undoAct } from '../../contract/bulk.ts'
import { t } from '../../words/desk.ts'
import { notice } from '../shell/notices.ts'
import { actOn } from './structureQuery.ts'

/** As long as somebody looks at a notice; the server keeps it for a day. */
const span = 12_000

export function noticeWithUndo(title: ReactNode, detail: ReactNode, onUndo: (() => void) | null) {
  notice({ title, detail, ...(onUndo ? { until: Date.now() + span, span, onUndo } : {}) })
}

/** `undo` is the token that the act answered. */
export function noticeDone(title: ReactNode, detail: ReactNode, undo: string | null) {
  noticeWithUndo(title, detail, undo ? () => void takeBackAct(undo) : null)
}

async function takeBackAct(undo: string) {
  const done = await actOn(undoAct, { undo })
  if (!done) return
  const left = done.results.length - done.done
  notice({
    title: t('structure:undone', { count: done.done, context: done.done === 0 ? 'none' : undefined }),
    detail: left > 0 ? t('structure:changedSince', { count: left }) : undefined,
  })
}
