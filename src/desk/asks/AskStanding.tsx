/** How an ask stands, in its last line: who answers by when, where the answer went, whether it held, and thanks. */
import { IconArrowDownRight, IconHeart, IconHeartHandshake } from '@tabler/icons-react'
import type { AskView } from '../../contract/asks.ts'
import { firstName, PromiseChip, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

export function AskStanding({ view, me }: { view: AskView; me: string }) {
  const now = useNow()
  const place = usePlace()
  const short = (moment: string) => shortMoment(Date.parse(moment), now, place)
  const { promise, expert, state } = view
  const name = firstName(expert.name)
  const mine = expert.id === me
  const icon = { size: 17, stroke: 1.6, 'aria-hidden': true } as const
  return (
    <>
      {state === 'open' && promise && ['open', 'soon', 'overdue'].includes(promise.state) && (
        <p className="relay small">
          <PromiseChip promise={promise} bare words={chipWords(view, me)} />
        </p>
      )}
      {state === 'open' && view.bounced && <p className="small trouble">{t('asks:didNotArrive', { name })}</p>}
      {state === 'open' && expert.gone && <p className="small trouble">{t('asks:gone', { name })}</p>}
      {state === 'relayed' && view.relayedAt && (
        <p className="relay small">
          <IconArrowDownRight className="flips" {...icon} />
          {view.conversation
            ? t('asks:relayed', { name: firstName(view.conversation.customer.name), time: short(view.relayedAt) })
            : t('asks:relayedOn', { time: short(view.relayedAt) })}
        </p>
      )}
      {state === 'closed' && <p className="small muted">{t('asks:closed')}</p>}
      {view.verdict && (
        <p className="relay small" data-verdict={view.verdict}>
          <IconHeartHandshake {...icon} />
          {t(`asks:verdict.${view.verdict}`)}
        </p>
      )}
      {view.thanks && (
        <p className="relay small">
          <IconHeart {...icon} />
          <span>
            {t(mine ? 'asks:thankedYou' : 'asks:thanked', { by: firstName(view.thanks.by.name), name })}{' '}
            <em dir="auto">{t('conversation:quote', { words: view.thanks.words })}</em>
          </span>
        </p>
      )}
    </>
  )
}

/** Until the expert names a time it is the asker's own. */
export function chipWords(view: AskView, me: string): string {
  const { promise, expert, by } = view
  if (promise?.by.id === expert.id)
    return expert.id === me ? t('asks:chip.youAnswer') : t('asks:chip.answers', { name: firstName(expert.name) })
  if (expert.id === me) return t('asks:chip.wanted', { name: firstName(by.name) })
  return t('asks:chip.gets', { by: firstName(promise?.by.name ?? by.name), name: firstName(expert.name) })
}
