/** A check-in at another time, or not this time: the one names when, the other why. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { moveCheckIn, skipCheckIn } from '../../../contract/care.ts'
import { Area, Button, Dialog } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { ask } from '../../api.ts'
import { WhenField } from '../../compose/WhenField.tsx'
import { Refused } from '../../session/Refused.tsx'
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
    <Dialog title={t('care:checkIn.laterTitle')} aside={name} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          if (at) moving.mutate(at)
        }}
      >
        <Refused error={moving.error} title={t('care:checkIn.failed')} />
        <WhenField open label={t('care:checkIn.when')} value={at} onChange={setAt} />
        <p className="acts">
          <Button kind="primary" submit busy={moving.isPending} disabled={!at}>
            {t('care:checkIn.move')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
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
    <Dialog title={t('care:checkIn.skipTitle')} aside={name} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          setMissing(!reason.trim())
          if (reason.trim()) skipping.mutate()
        }}
      >
        <Refused error={skipping.error} title={t('care:checkIn.failed')} />
        <Area
          label={t('care:checkIn.reason')}
          help={t('care:checkIn.reasonHelp')}
          dir="auto"
          maxLength={2000}
          error={missing && !reason.trim() ? t('care:checkIn.reasonMissing') : undefined}
          value={reason}
          onChange={event => setReason(event.currentTarget.value)}
        />
        <p className="acts">
          <Button kind="primary" submit busy={skipping.isPending}>
            {t('care:checkIn.skip')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
