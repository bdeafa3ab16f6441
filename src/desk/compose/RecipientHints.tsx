/** What one should know about who gets this: somebody new, an address whose mail came back, answers that were asked for elsewhere. Warns and stops nothing. */
import { IconAlertTriangle, IconArrowForwardUp, IconUserPlus } from '@tabler/icons-react'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Prefers } from '../relationship/Prefers.tsx'
import type { Who } from './addresses.ts'

type Props = { view: ConversationView; to: Who[]; cc: Who[]; onChange: (change: { to: Who[] }) => void }
const look = { size: 15, stroke: 1.6, 'aria-hidden': true } as const
const same = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()

export function RecipientHints({ view, to, cc, onChange }: Props) {
  const all = [...to, ...cc].filter(one => !one.wrong)
  const { replyTo } = view.reply
  const asked = replyTo !== null && all.some(one => same(one.address, replyTo.address))
  const known = (address: string) =>
    view.participants.some(one => same(one.address, address)) ||
    view.customer.addresses.some(one => same(one.written, address)) ||
    (replyTo !== null && same(replyTo.address, address))
  const fresh = all.filter(one => !known(one.address))
  const back = all.flatMap(one => {
    const because =
      view.participants.find(each => same(each.address, one.address))?.suspendedBecause ??
      view.customer.addresses.find(each => same(each.written, one.address))?.suspendedBecause
    return because ? [{ address: one.address, because }] : []
  })
  const list = new Intl.ListFormat(document.documentElement.lang || 'en')
  return (
    <>
      <Prefers name={view.customer.name} preferred={view.customer.preferred} />
      {asked && replyTo && (
        <p className="rcphint small" data-warns={replyTo.otherDomain || undefined}>
          <IconArrowForwardUp {...look} />
          <span>
            {t(replyTo.otherDomain ? 'compose:hint.replyToElsewhere' : 'compose:hint.replyTo', {
              name: firstName(view.customer.name),
              ...replyTo,
            })}{' '}
            <button
              type="button"
              className="link"
              onClick={() =>
                onChange({
                  to: to.map(one =>
                    same(one.address, replyTo.address) ? { ...one, address: replyTo.insteadOf } : one,
                  ),
                })
              }
            >
              {t('compose:hint.useFrom', { address: replyTo.insteadOf })}
            </button>
          </span>
        </p>
      )}
      {fresh.length > 0 && (
        <p className="rcphint small">
          <IconUserPlus {...look} />
          <span>
            {t('compose:hint.fresh', {
              count: fresh.length,
              names: list.format(fresh.map(one => one.name || one.address)),
            })}
          </span>
        </p>
      )}
      {back.map(({ address, because }) => (
        <p key={address} className="rcphint small" data-warns role="status">
          <IconAlertTriangle {...look} />
          <span>{t('compose:hint.suspended', { address, because })}</span>
        </p>
      ))}
    </>
  )
}

/** Between all who take part and the customer alone. */
export function AllOrOne({ view, to, cc, onChange }: Props & { onChange: (change: { to: Who[]; cc: Who[] }) => void }) {
  const whoOf = (people: ConversationView['reply']['to']) => people.map(({ address, name }) => ({ address, name }))
  const others = view.reply.cc.length
  if (others === 0) return null
  const everybody = [...view.reply.to, ...view.reply.cc].every(one =>
    [...to, ...cc].some(who => same(who.address, one.address)),
  )
  return (
    <button
      type="button"
      className="link allorone"
      onClick={() => onChange({ to: whoOf(view.reply.to), cc: everybody ? [] : whoOf(view.reply.cc) })}
    >
      {everybody
        ? t('compose:onlyOne', { name: firstName(view.customer.name) })
        : t('compose:everybody', { count: others + view.reply.to.length })}
    </button>
  )
}
