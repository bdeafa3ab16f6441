/** What others will read, drafted from a conversation: what was the customer's alone is held back and named here; nothing is made before somebody looked and said yes. */
import type { UseQueryResult } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { Bones, ErrorState, Tick } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Dialog } from './Dialog.tsx'

type HeldBack<Kind extends string> = { is: Kind; was: string; times: number }
type Props<Kind extends string> = {
  title: string
  lead: string
  act: string
  /** what it says above what is held back: how much */
  heldBack: (count: number) => string
  kindOf: (kind: Kind) => string
  yes: string
  asked: UseQueryResult<{ heldBack: HeldBack<Kind>[] }>
  making: { isPending: boolean; error: unknown }
  ready?: boolean
  /** said instead of all else, where there is no place for it */
  nowhere?: string | false
  onMake: () => void
  onClose: () => void
  children: ReactNode
}

export function DraftDialog<Kind extends string>(props: Props<Kind>) {
  const {
    title,
    lead,
    act,
    heldBack,
    kindOf,
    yes,
    asked,
    making,
    ready = true,
    nowhere,
    onMake,
    onClose,
    children,
  } = props
  const [looked, setLooked] = useState(false)
  const held = asked.data?.heldBack
  return (
    <Dialog
      title={title}
      lead={lead}
      act={act}
      busy={making.isPending || asked.isPending}
      failed={making.error}
      missing={!nowhere && (!ready ? t('desk:missing.words') : !looked && t('desk:missing.look'))}
      onAct={() => held && !nowhere && onMake()}
      onClose={onClose}
    >
      {asked.isPending && <Bones rows={4} />}
      {asked.isError && <ErrorState asked={asked} />}
      {nowhere ? <p className="muted">{nowhere}</p> : children}
      {held && !nowhere && (
        <>
          <section aria-labelledby="held-back">
            <h3 id="held-back" className="strong">
              {heldBack(held.length)}
            </h3>
            <ul className="small draftheld">
              {held.map(each => (
                <li key={`${each.is} ${each.was}`}>
                  <span className="muted">{kindOf(each.is)}:</span> <bdi>{each.was}</bdi>
                  {each.times > 1 && <span className="muted"> ×{each.times}</span>}
                </li>
              ))}
            </ul>
          </section>
          <Tick label={yes} checked={looked} onChange={event => setLooked(event.currentTarget.checked)} />
        </>
      )}
    </Dialog>
  )
}
