/** What was just done, for as long as it can be taken back. Stands at the lower edge of the pane it belongs to. Does not undo by itself. */
import { IconAlertTriangle, IconCircleCheck, IconSend, IconX } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useEffect, useState } from 'react'
import { t } from '../words/catalogue.ts'
import { Button } from './Button.tsx'

export type UndoBarProps = {
  title: ReactNode
  detail?: ReactNode
  tone?: 'sending' | 'kept' | 'failed'
  /** when undoing ends, and how long it was possible at first, in ms */
  until?: number | undefined
  span?: number
  onUndo?: (() => void) | undefined
  onNow?: (() => void) | undefined
  onClose?: (() => void) | undefined
  acts?: ReactNode
}
const icons = { sending: IconSend, kept: IconCircleCheck, failed: IconAlertTriangle }

export function UndoBar({
  title,
  detail,
  tone = 'kept',
  until,
  span = 10_000,
  onUndo,
  onNow,
  onClose,
  acts,
}: UndoBarProps) {
  const left = useLeft(until)
  const Icon = icons[tone]
  return (
    <div className="undo" data-tone={tone} role={tone === 'failed' ? 'alert' : 'status'}>
      <Icon size={20} stroke={1.6} aria-hidden="true" />
      <div className="said3">
        <p className="strong">{title}</p>
        {detail && <p className="small muted">{detail}</p>}
      </div>
      {onUndo && <Button onClick={onUndo}>{t('desk:undo.undo')}</Button>}
      {onNow && (
        <Button kind="quiet" onClick={onNow}>
          {t('desk:undo.now')}
        </Button>
      )}
      {acts}
      {onClose && (
        <button type="button" className="icon" onClick={onClose} aria-label={t('desk:undo.close')}>
          <IconX size={18} stroke={1.6} aria-hidden="true" />
        </button>
      )}
      {until !== undefined && (
        <span className="left" style={{ inlineSize: `${Math.min(100, (left / span) * 100)}%` }} aria-hidden="true" />
      )}
    </div>
  )
}

/** Milliseconds left until then, ten times a second while there are any. */
function useLeft(until: number | undefined): number {
  const [left, setLeft] = useState(() => (until ? until - Date.now() : 0))
  useEffect(() => {
    if (until === undefined) return
    const tick = setInterval(() => setLeft(Math.max(0, until - Date.now())), 100)
    return () => clearInterval(tick)
  }, [until])
  return Math.max(0, left)
}
