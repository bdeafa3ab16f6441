/** Acts on the chosen rows, or on the one the cursor stands on: their keys, and the question each of them asks first. */
import { lazy, type ReactNode, Suspense, useState } from 'react'
import type { BulkAct } from '../../contract/bulk.ts'
import type { Row } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { holdKeys } from '../compose/heldKeys.ts'
import { CloseDialog } from '../conversation/CloseDialog.tsx'
import { useMe } from '../session/me.ts'
import { useActions } from '../shell/actions.ts'
import { actOn } from './bulkActs.ts'
import type { Asking } from './bulkTypes.ts'
import { takeNextOne } from './takeNextOne.ts'

const BulkDialogs = lazy(() => import('./BulkDialogs.tsx').then(module => ({ default: module.BulkDialogs })))

/** `meant` answers whom an act is for; `onDone` lets the choice go. */
export function useBulk(meant: () => Row[], away: boolean, onDone: () => void) {
  const me = useMe()
  const [asked, setAsked] = useState<{ what: Asking; rows: Row[] } | null>(null)
  const act = (rows: Row[], act: BulkAct, words: string, change: Partial<Row> | null = null) => {
    onDone()
    void actOn(rows, act, { id: me.id, name: me.name }, words, change)
  }
  const run = (what: Asking | 'own' | 'trash' | 'spam' | 'take-back') => {
    const rows = meant()
    if (rows.length === 0) return
    if (what === 'own' || what === 'trash' || what === 'spam' || what === 'take-back') act(rows, { is: what }, what)
    else {
      // What asks for words takes those typed before it is there.
      if (what !== 'close' && what !== 'move') holdKeys()
      setAsked({ what, rows })
    }
  }
  const key = (id: string, label: string, keys: string, what: Parameters<typeof run>[0]) => ({
    id: `inbox.${id}`,
    label: t(label),
    keys,
    group: 'here' as const,
    run: () => run(what),
  })
  useActions([
    ...(away
      ? [key('takeBack', 'inbox:key.takeBack', 'e', 'take-back')]
      : [
          key('close', 'inbox:key.close', 'e', 'close'),
          key('mine', 'inbox:key.mine', 'i', 'own'),
          key('assign', 'views:key.assign', 'a', 'assign'),
          key('tag', 'views:key.tag', 'l', 'tag'),
          key('priority', 'views:key.priority', 'Shift+P', 'priority'),
          key('move', 'views:key.move', 'Shift+M', 'move'),
          key('later', 'views:key.later', 'z', 'snooze'),
          key('trash', 'inbox:key.trash', '#', 'trash'),
          key('spam', 'inbox:key.spam', '!', 'spam'),
        ]),
    { id: 'inbox.takeNext', label: t('views:take.next'), keys: 't', group: 'lists', run: () => void takeNextOne() },
  ])
  const close = () => setAsked(null)
  const asking: ReactNode = asked && (
    <Suspense>
      {asked.what === 'close' ? (
        <CloseDialog
          count={asked.rows.length}
          onCancel={close}
          onClose={because => {
            close()
            act(asked.rows, { is: 'close', because }, 'closed')
          }}
        />
      ) : (
        <BulkDialogs
          what={asked.what}
          rows={asked.rows}
          onDo={(what, words, change) => act(asked.rows, what, words, change)}
          onClose={close}
        />
      )}
    </Suspense>
  )
  return { run, asking }
}
