/** A dialog: one question with a title, its form, and what it will do on the button. Escape and a click beside it leave all as it was. */
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import './pieces.css'
import { Modal } from '@mantine/core'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Problem } from '../api.ts'

type Props = {
  title: string
  lead?: ReactNode
  act: string
  busy?: boolean
  error?: string | undefined
  /** what was refused or failed, said in the server's words */
  failed?: unknown
  /** why it can't be done yet: said when it is tried */
  missing?: string | false
  inside?: boolean
  onAct: () => void
  onClose: () => void
  children: ReactNode
}

export function Dialog({ title, lead, act, busy, error, failed, missing, inside, onAct, onClose, children }: Props) {
  const [tried, setTried] = useState(false)
  const says = (tried && missing) || error || (failed instanceof Problem ? failed.detail || failed.title : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    event.stopPropagation()
    setTried(Boolean(missing))
    if (!missing) onAct()
  }
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={480}
      radius={10}
      padding={24}
      overlayProps={{ className: 'veil' }}
      transitionProps={{ duration: 110 }}
      closeButtonProps={{ 'aria-label': t('desk:button.close') }}
      classNames={{ title: 'dialogtitle' }}
      // Keys pressed in a dialog belong to it: once it is gone, the page would take its Escape for its own.
      closeOnEscape={false}
      onKeyDown={event => {
        // What opened over it closes by itself.
        if (event.key === 'Escape' && !event.currentTarget.contains(event.target as Node)) return
        event.stopPropagation()
        if (event.key === 'Escape' && !event.defaultPrevented) onClose()
      }}
    >
      <form className="dialogform" onSubmit={submit} noValidate>
        {lead && <p className="muted">{lead}</p>}
        {children}
        {says && (
          <p className="wrong" role="alert">
            {says}
          </p>
        )}
        <div className="dialogacts">
          <Button kind={inside ? 'inside' : 'primary'} submit busy={busy ?? false}>
            {act}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </div>
      </form>
    </Modal>
  )
}
