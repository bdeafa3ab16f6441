/** A check-in at another time, or not this time: the one names when, the other why. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { moveCheckIn, skipCheckIn } from '../../../contract/care.ts'
import { Area } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { ask } from '../../api.ts'
import { WhenField } from '../../compose/WhenField.tsx'
import { FormDialog } from '../../pieces/FormDialog.tsx'
import { notice } from '../../shell/notices.ts'
import { renewCare } from './careQuery.ts'

type Props = { checkInId: string; name: string; onDone: () => void; onClose: () => void }

export function LaterDialog({ checkInId, name, onDone, onClose }: Props) {
  const [at, setAt] = useState<string | null>(null)
  const moving = useMutation({
    mutationFn: (dueAt: string) => ask(moveCheckIn, { checkInId, dueAt }),
    onSuccess: () => {
      renewCare()
      notice({ title: t('care:checkIn.moved') })
      onDone()
    },
  })
  return (
    <FormDialog
      title={t('care:checkIn.laterTitle')}
      aside={name}
      act={t('care:checkIn.move')}
      busy={moving.isPending}
      ready={at !== null}
      error={moving.error}
      failed={t('care:checkIn.failed')}
      onAct={() => at && moving.mutate(at)}
      onClose={onClose}
    >
      <WhenField open label={t('care:checkIn.when')} value={at} onChange={setAt} />
    </FormDialog>
  )
}

export function SkipDialog({ checkInId, name, onDone, onClose }: Props) {
  const [reason, setReason] = useState('')
  const [missing, setMissing] = useState(false)
  const skipping = useMutation({
    mutationFn: () => ask(skipCheckIn, { checkInId, reason }),
    onSuccess: () => {
      renewCare()
      notice({ title: t('care:checkIn.skipped') })
      onDone()
    },
  })
  return (
    <FormDialog
      title={t('care:checkIn.skipTitle')}
      aside={name}
      act={t('care:checkIn.skip')}
      busy={skipping.isPending}
      error={skipping.error}
      failed={t('care:checkIn.failed')}
      onAct={() => {
        setMissing(!reason.trim())
        if (reason.trim()) skipping.mutate()
      }}
      onClose={onClose}
    >
      <Area
        label={t('care:checkIn.reason')}
        help={t('care:checkIn.reasonHelp')}
        dir="auto"
        maxLength={2000}
        error={missing && !reason.trim() ? t('care:checkIn.reasonMissing') : undefined}
        value={reason}
        onChange={event => setReason(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
