/** The menu of one promise: what can be done now, each with its dialog, loaded when it is wanted. */
import {
  IconCalendarTime,
  IconCheck,
  IconClockQuestion,
  IconDots,
  IconGavel,
  IconHeartBroken,
  IconLeaf,
  IconMessageHeart,
} from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { DuePromise } from '../../contract/promises.ts'
import { t } from '../../words/promises.ts'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'
import { type Act, actsOn, keep } from './acts.ts'

const NewTime = lazy(() => import('../today/NewTime.tsx').then(({ NewTime }) => ({ default: NewTime })))
const DecideDue = lazy(() => import('../today/DecideDue.tsx').then(it => ({ default: it.DecideDue })))
const BreakDialog = lazy(() => import('./BreakDialog.tsx').then(it => ({ default: it.BreakDialog })))
const ReleaseDialog = lazy(() => import('./ReleaseDialog.tsx').then(it => ({ default: it.ReleaseDialog })))
const WhyLateDialog = lazy(() => import('./WhyLateDialog.tsx').then(it => ({ default: it.WhyLateDialog })))
const RemindDialog = lazy(() => import('./RemindDialog.tsx').then(it => ({ default: it.RemindDialog })))

const look = { size: 18, stroke: 1.6, 'aria-hidden': true } as const
const icons: Record<Act, React.ReactNode> = {
  keep: <IconCheck {...look} />,
  decide: <IconGavel {...look} />,
  explain: <IconClockQuestion {...look} />,
  move: <IconCalendarTime {...look} />,
  break: <IconHeartBroken {...look} />,
  release: <IconLeaf {...look} />,
  remind: <IconMessageHeart {...look} />,
}

export function PromiseMenu({ due }: { due: DuePromise }) {
  const [doing, setDoing] = useState<Act | null>(null)
  const { promise } = due
  const acts = actsOn(promise)
  if (acts.length === 0) return null
  const words = (act: Act) =>
    t(`promises:act.${act === 'keep' ? (promise.direction === 'theirs' ? 'theyKept' : 'kept') : act}`)
  const items = acts.map(
    (act): MenuItem => ({
      label: words(act),
      icon: icons[act],
      run: () => (act === 'keep' ? void keep(promise) : setDoing(act)),
    }),
  )
  return (
    <>
      <Menu
        label={t('promises:act.menu')}
        position="bottom-end"
        target={
          <button
            type="button"
            className="icon promisemenu"
            aria-label={t('promises:act.menu')}
            title={t('promises:act.menu')}
          >
            <IconDots size={16} stroke={1.6} aria-hidden="true" />
          </button>
        }
        items={items}
      />
      <PromiseDialog doing={doing} due={due} onClose={() => setDoing(null)} />
    </>
  )
}

export function PromiseDialog({ doing, due, onClose }: { doing: Act | null; due: DuePromise; onClose: () => void }) {
  return (
    <Suspense>
      {doing === 'decide' && <DecideDue due={due} onClose={onClose} />}
      {doing === 'explain' && <WhyLateDialog promise={due.promise} onClose={onClose} />}
      {doing === 'move' && <NewTime due={due} onClose={onClose} />}
      {doing === 'break' && <BreakDialog due={due} onClose={onClose} />}
      {doing === 'release' && <ReleaseDialog due={due} onClose={onClose} />}
      {doing === 'remind' && <RemindDialog due={due} onClose={onClose} />}
    </Suspense>
  )
}
