/** One mail that came in and could not be let in: why, its original byte for byte, another try, or putting it away. */
import { IconFileAlert } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { counts } from '../../contract/conversations.ts'
import { type QuarantineItem, quarantine, removeQuarantined, retryQuarantined } from '../../contract/mailboxes.ts'
import { Button, Dialog, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { sizeWords } from '../conversation/fileKinds.ts'
import { Refused } from '../session/Refused.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { When } from './When.tsx'

type Item = z.infer<typeof QuarantineItem>

export function KeptAside({ item }: { item: Item }) {
  const place = usePlace()
  const navigate = useNavigate()
  const [removing, setRemoving] = useState(false)
  const retrying = useMutation({
    mutationFn: () => ask(retryQuarantined, { deliveryId: item.id }),
    onSuccess: ({ became, conversationId, reason }) => {
      const read = () =>
        conversationId && navigate({ to: '/conversations/$conversationId', params: { conversationId }, search: {} })
      notice({
        tone: became === 'quarantined' ? 'failed' : 'kept',
        title: t(`settings:health.became.${became}`),
        detail:
          became === 'quarantined' && reason ? t(`settings:reason.${reason}`, { defaultValue: reason }) : undefined,
        acts: conversationId && (
          <Button kind="quiet" onClick={() => void read()}>
            {t('settings:health.read')}
          </Button>
        ),
      })
      renew(cache, quarantine, counts)
    },
    onError: error => noticeFailure(error),
  })
  const subject = item.subject || t('settings:health.noSubject')
  return (
    <li className="mail" data-c="bad">
      <When at={item.arrivedAt} />
      <IconFileAlert size={19} stroke={1.6} aria-hidden="true" />
      <div>
        <p className="w">{subject}</p>
        <p className="f">
          {t('settings:health.from')} <b>{item.from ?? t('settings:health.unknownSender')}</b> ·{' '}
          {t('settings:health.into', { mailbox: item.mailbox })} · {sizeWords(item.bytes, place.language)}
          {item.tries > 1 && ` · ${t('settings:health.tries', { count: item.tries })}`}
        </p>
        <p className="r">
          <span className="strong">
            {t(`settings:reason.${item.reason}`, { defaultValue: t('settings:reason.other', { reason: item.reason }) })}
          </span>{' '}
          {item.detail}
        </p>
      </div>
      <span className="acts2">
        <a className="btn" data-quiet href={`/raw/quarantine/${item.id}`} download={`${item.id}.eml`}>
          {t('settings:health.original')}
        </a>
        <Button busy={retrying.isPending} onClick={() => retrying.mutate()}>
          {t('settings:health.retry')}
        </Button>
        <Button kind="quiet" onClick={() => setRemoving(true)}>
          {t('desk:button.remove')}
        </Button>
      </span>
      {removing && <Removal item={item} subject={subject} onClose={() => setRemoving(false)} />}
    </li>
  )
}

function Removal({ item, subject, onClose }: { item: Item; subject: string; onClose: () => void }) {
  const removing = useMutation({
    mutationFn: () => ask(removeQuarantined, { deliveryId: item.id }),
    onSuccess: () => {
      notice({ title: t('settings:health.removed') })
      renew(cache, quarantine, counts)
      onClose()
    },
  })
  return (
    <Dialog title={t('settings:health.removeTitle')} aside={subject} onClose={onClose}>
      <p>{t('settings:health.removeLead')}</p>
      <Refused error={removing.error} title={t('settings:health.removeFailed')} />
      <p className="acts">
        <Button kind="danger" busy={removing.isPending} onClick={() => removing.mutate()}>
          {t('desk:button.remove')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.cancel')}
        </Button>
      </p>
    </Dialog>
  )
}
