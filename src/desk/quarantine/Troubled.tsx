/** One mail of ours whose sending needs a decision: it may have arrived, it was refused, or it came back. */
import { IconHelpCircle, IconMailX } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { counts } from '../../contract/conversations.ts'
import { settleDelivery, type TroubledDelivery, trouble } from '../../contract/mailboxes.ts'
import { Button, Tells } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { When } from './When.tsx'

type Item = z.infer<typeof TroubledDelivery>
type Decision = 'send-again' | 'arrived' | 'let-be'

export function Troubled({ item, first }: { item: Item; first: boolean }) {
  const uncertain = item.state === 'uncertain'
  const [opened, setOpened] = useState(first && uncertain)
  const settling = useMutation({
    mutationFn: (as: Decision) => ask(settleDelivery, { outboxId: item.id, as }),
    onSuccess: (_, as) => {
      notice({ title: t(`settings:health.settled.${as}`, { to: item.recipient }) })
      renew(cache, trouble, counts)
    },
    onError: error => noticeFailure(error),
  })
  const act = (as: Decision, kind: 'primary' | 'plain' | 'quiet') => (
    <Button kind={kind} busy={settling.isPending && settling.variables === as} onClick={() => settling.mutate(as)}>
      {t(`settings:health.act.${as}`)}
    </Button>
  )
  const Icon = uncertain ? IconHelpCircle : IconMailX
  return (
    <li className="mail" data-c={uncertain ? 'ask' : 'bad'} data-open={opened || undefined}>
      <When at={item.at} note={t(`settings:health.state.${item.state}`)} />
      <Icon size={19} stroke={1.6} aria-hidden="true" />
      <div>
        <p className="w">
          {item.conversationId ? (
            <Link to="/conversations/$conversationId" params={{ conversationId: item.conversationId }} search={{}}>
              {item.subject}
            </Link>
          ) : (
            item.subject
          )}
        </p>
        <p className="f">
          {t('settings:health.to')} <b>{item.recipient}</b>
          {item.conversationNumber !== null && ` · ${item.conversationNumber}`} ·{' '}
          {t(`settings:health.purpose.${item.purpose}`, { defaultValue: item.purpose })}
        </p>
        <p className="r">
          <span className="strong">{t(`settings:health.${item.state}.head`)}</span>{' '}
          {t(`settings:health.${item.state}.says`)}
        </p>
        {opened ? (
          <>
            <Tells
              tone={uncertain ? 'soon' : 'warm'}
              happened={item.error ?? t(`settings:health.${item.state}.says`)}
              safe={t(`settings:health.${item.state}.safe`)}
              todo={t(`settings:health.${item.state}.todo`)}
            />
            <p className="go">
              {act('send-again', uncertain ? 'primary' : 'plain')}
              {uncertain && act('arrived', 'plain')}
              {act('let-be', 'quiet')}
            </p>
          </>
        ) : (
          <p className="small muted said">{item.error}</p>
        )}
      </div>
      {!opened && (
        <span className="acts2">
          <Button onClick={() => setOpened(true)} aria-label={t('settings:health.decideOn', { subject: item.subject })}>
            {t('settings:health.decide')}
          </Button>
        </span>
      )}
    </li>
  )
}
