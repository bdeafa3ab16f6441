/** A short form in a dialog: what was refused on top, then its fields, then what it does and a way out. Sends nothing itself. */
import type { ReactNode } from 'react'
import { Button, Dialog, type DialogProps } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { Refused } from '../session/Refused.tsx'

type Props = Pick<DialogProps, 'title' | 'aside' | 'className' | 'onClose'> & {
  act: ReactNode
  busy: boolean
  /** false: not pressed yet */
  ready?: boolean
  error: Error | null
  failed: string
  safe?: string | undefined
  onAct: () => void
  /** above what was refused: what this is about */
  about?: ReactNode
  children?: ReactNode
}

export function FormDialog({ act, busy, ready = true, error, failed, safe, onAct, about, children, ...of }: Props) {
  return (
    <Dialog {...of}>
      <form
        className="form"
        noValidate
        onSubmit={event => {
          event.preventDefault()
          onAct()
        }}
      >
        {about}
        <Refused error={error} title={failed} safe={safe} />
        {children}
        <p className="acts">
          <Button kind="primary" submit busy={busy} disabled={!ready}>
            {act}
          </Button>
          <Button kind="quiet" onClick={of.onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
