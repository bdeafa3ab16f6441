/** What settings pages are made of: a section with its heading, a row of a ledger, a question before something that matters, and what shows while a list is being read. */
import type { UseMutationResult, UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Bones, Button, Dialog, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { Refused } from '../session/Refused.tsx'

export function Section(props: { title: ReactNode; note?: ReactNode; children: ReactNode }) {
  return (
    <section className="block">
      <h2 className="section">{props.title}</h2>
      {props.note && <p className="small muted note">{props.note}</p>}
      {props.children}
    </section>
  )
}

type RowProps = { icon: ReactNode; children: ReactNode; acts?: ReactNode; off?: boolean }

/** Something small before it, words in the middle, what can be done at the end. */
export function Row({ icon, children, acts, off }: RowProps) {
  return (
    <li data-lead className={off ? 'off' : undefined}>
      {icon}
      <div>{children}</div>
      {acts && <span className="acts">{acts}</span>}
    </li>
  )
}

/** Bones while it is read, what is wrong when it can't be; nothing once it is there. */
export function Waits({ asked }: { asked: UseQueryResult<unknown> }) {
  if (asked.data !== undefined) return null
  return <div className="block">{asked.isError ? <ErrorState asked={asked} /> : <Bones shape="list" />}</div>
}

type ConfirmProps = {
  title: string
  children: ReactNode
  act: string
  failed: string
  // biome-ignore lint/suspicious/noExplicitAny: what is asked for and what comes back is the page's
  doing: UseMutationResult<any, Error, any>
  onAct: () => void
  onClose: () => void
  danger?: boolean
}

export function Confirm({ title, children, act, failed, doing, onAct, onClose, danger = true }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      {children}
      <Refused error={doing.error} title={failed} />
      <p className="acts">
        <Button kind={danger ? 'danger' : 'primary'} busy={doing.isPending} onClick={onAct}>
          {act}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.cancel')}
        </Button>
      </p>
    </Dialog>
  )
}
