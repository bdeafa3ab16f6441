/** The dialogs of one conversation: whichever is asked for, and what follows when it is done. */
import { lazy, Suspense } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import type { PromiseView } from '../../contract/promises.ts'
import type { Regrouping } from '../structure/regrouping.ts'
import { closeQuietly } from './acts.ts'
import { CloseDialog } from './CloseDialog.tsx'
import { HandOverDialog } from './HandOverDialog.tsx'
import { LaterDialog } from './LaterDialog.tsx'
import { NeededByDialog } from './NeededByDialog.tsx'

const BlockDialog = lazy(() => import('../sorting/BlockDialog.tsx'))
const RegroupDialogs = lazy(() =>
  import('../structure/RegroupDialogs.tsx').then(module => ({ default: module.RegroupDialogs })),
)

export type Asking =
  | { is: 'close' | 'later' | 'needed' | 'block' }
  | { is: 'handOver'; to?: string }
  | { is: 'regroup'; how: Regrouping; messageId?: string }
  | null

type Props = {
  asking: Asking
  view: ConversationView
  me: { id: string }
  promise: PromiseView | null
  onClose: () => void
  /** it leaves the list one came from: on to the next */
  onGone: () => void
  onDone: () => void
}

export function Asked({ asking, view, me, promise, onClose, onGone, onDone }: Props) {
  switch (asking?.is) {
    case 'close':
      return (
        <CloseDialog
          count={1}
          onCancel={onClose}
          onClose={because => {
            onClose()
            void closeQuietly(view, because).then(done => done && onGone())
          }}
        />
      )
    case 'later':
      return <LaterDialog view={view} promise={promise} onClose={onClose} onSnoozed={onGone} />
    case 'needed':
      return <NeededByDialog view={view} onClose={onClose} />
    case 'block':
      return (
        <Suspense>
          <BlockDialog view={view} onClose={onClose} onDone={onGone} />
        </Suspense>
      )
    case 'handOver':
      return (
        <HandOverDialog
          view={view}
          me={me}
          {...(asking.to ? { toMember: asking.to } : {})}
          onClose={onClose}
          onDone={() => {
            onClose()
            onDone()
          }}
        />
      )
    case 'regroup':
      return (
        <Suspense>
          <RegroupDialogs
            how={asking.how}
            messageId={asking.messageId ?? null}
            view={view}
            onClose={onClose}
            onMoved={onDone}
          />
        </Suspense>
      )
    default:
      return null
  }
}
