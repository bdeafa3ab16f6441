/** A dialog that holds the focus and closes with Esc: the browser's own element. For short questions; long work has its own page. */
import { IconX } from '@tabler/icons-react'
import { type ReactNode, useEffect, useId, useRef } from 'react'
import { t } from '../words/catalogue.ts'

export type DialogProps = {
  title: ReactNode
  hideTitle?: boolean
  aside?: ReactNode
  onClose: () => void
  children: ReactNode
  className?: string
}

/** Rendered while it is open; `onClose` unmounts it. The focus returns to where it was. */
export function Dialog({ title, hideTitle, aside, onClose, children, className }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null)
  const id = useId()
  useEffect(() => {
    const dialog = ref.current
    const before = document.activeElement
    if (dialog && !dialog.open) {
      dialog.showModal()
      const field = dialog.querySelector<HTMLElement>('input:not([type=checkbox], [type=radio], .sr), textarea, select')
      ;(field ?? dialog.querySelector('h2'))?.focus()
    }
    return () => {
      dialog?.close()
      if (before instanceof HTMLElement && before.isConnected) before.focus({ preventScroll: true })
    }
  }, [])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: clicking beside it is a convenience; Esc and the cross do the same
    <dialog
      ref={ref}
      className={className ? `float ${className}` : 'float asks'}
      aria-labelledby={id}
      onCancel={event => {
        event.preventDefault()
        onClose()
      }}
      onClick={event => event.target === ref.current && onClose()}
    >
      <div className="inner">
        <header className={hideTitle ? 'sr' : 'head'}>
          <h2 id={id} className="title" tabIndex={-1}>
            {title}
          </h2>
          {aside && <span className="small muted">{aside}</span>}
          {!hideTitle && (
            <button type="button" className="icon" onClick={onClose} aria-label={t('desk:button.close')}>
              <IconX size={18} stroke={1.6} aria-hidden="true" />
            </button>
          )}
        </header>
        {children}
      </div>
    </dialog>
  )
}
