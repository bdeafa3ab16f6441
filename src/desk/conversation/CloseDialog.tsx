/** Closing with nothing owed and no message: only with a reason. */
import { useState } from 'react'
import { Reason } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { Dialog } from '../pieces/Dialog.tsx'

type Why = (typeof Reason.options)[number]
type Props = { count: number; onClose: (because: Why) => void; onCancel: () => void }

export function CloseDialog({ count, onClose, onCancel }: Props) {
  const [because, setBecause] = useState<Why>('no-answer-needed')
  return (
    <Dialog
      title={t('conversation:close.title', { count })}
      lead={t('conversation:close.lead')}
      act={t('conversation:close.act', { count })}
      onAct={() => onClose(because)}
      onClose={onCancel}
    >
      <fieldset className="radios">
        <legend>{t('conversation:close.because')}</legend>
        {Reason.options.map(reason => (
          <label key={reason}>
            <input
              type="radio"
              name="because"
              data-autofocus={reason === because || undefined}
              checked={because === reason}
              onChange={() => setBecause(reason)}
            />
            {t(`compose:why.${reason}`)}
          </label>
        ))}
      </fieldset>
    </Dialog>
  )
}
