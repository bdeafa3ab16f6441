/** Beside the stream: who this is for, how to reach them, what was promised between us, who else takes part, what else is open. */
import { Link } from '@tanstack/react-router'
import { lazy, memo, Suspense } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { Button, clock, dayOf, Portrait, rippleOf, shortMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { AsksPanel } from '../asks/AsksPanel.tsx'
import { FieldsPanel } from '../marks/FieldsPanel.tsx'
import { Followers } from '../marks/Followers.tsx'
import { PromisesPanel } from '../promises/PromisesPanel.tsx'
import { PersonLink } from '../relationship/PersonLink.tsx'
import { SightPanel } from '../relationship/SightPanel.tsx'
import { LinksPanel } from '../structure/LinksPanel.tsx'
import { settleParticipant } from './acts.ts'

const AskedBefore = lazy(() => import('../questions/AskedBefore.tsx').then(it => ({ default: it.AskedBefore })))
const GoodwillPanel = lazy(() => import('../goodwill/GoodwillPanel.tsx').then(it => ({ default: it.GoodwillPanel })))

const TopicsOfConversation = lazy(() =>
  import('../community/TiedTopics.tsx').then(it => ({ default: it.TopicsOfConversation })),
)

/** Stays as it is while the next conversation is drawn beside it. */
export const SidePanel = memo(function SidePanel({ view, me }: { view: ConversationView; me: string }) {
  const { customer } = view
  const place = usePlace()
  const now = useNow()
  const last =
    view.messages.findLast(({ kind }) => kind === 'message' || kind === 'reply' || kind === 'call')?.at ?? view.openedAt
  const days = dayOf(now, place.zone) - dayOf(Date.parse(last), place.zone)
  const language = customer.language && nameOf('language', customer.language, place.language)
  return (
    <>
      <section className="cust">
        <div className="id">
          <Portrait name={customer.name} size="l" ripple={rippleOf(days, 30)} />
          <div>
            <h2 className="nm" dir="auto">
              <PersonLink id={customer.id} name={customer.name} />
            </h2>
            <p className="small muted">
              {t('conversation:side.since', { date: monthOf(customer.since, place.language, place.zone) })}
            </p>
          </div>
        </div>
        <p className="small">
          {t('conversation:side.touch', { count: days, context: days === 0 ? 'today' : undefined })}{' '}
          {customer.zone && customer.zone !== place.zone && (
            <>{t('conversation:side.there', { time: clock(now, { ...place, zone: customer.zone }) })} </>
          )}
          {language &&
            language.toLowerCase() !== nameOf('language', place.language, place.language)?.toLowerCase() &&
            t('conversation:side.writes', { language })}
        </p>
      </section>
      <section>
        <h2 className="section">{t('conversation:side.addresses')}</h2>
        <ul className="addresses">
          {customer.addresses.map(({ id, kind, written, suspendedBecause }) => (
            <li key={id}>
              <bdi className="cut" title={written}>
                {kind === 'mail' ? written : <a href={kind === 'phone' ? `tel:${written}` : undefined}>{written}</a>}
              </bdi>
              {suspendedBecause && <span className="small trouble">{t('conversation:side.suspended')}</span>}
            </li>
          ))}
        </ul>
        {customer.promisesMade > 0 && (
          <p className="small muted two">
            {t('conversation:side.kept', { kept: customer.promisesKept, count: customer.promisesMade })}
          </p>
        )}
      </section>
      <Suspense>
        <AskedBefore view={view} />
      </Suspense>
      <FieldsPanel view={view} />
      <PromisesPanel view={view} />
      <AsksPanel view={view} me={me} />
      <Participants view={view} />
      <Followers view={view} />
      <SightPanel view={view} />
      <LinksPanel view={view} />
      <Suspense>
        <TopicsOfConversation conversationId={view.id} />
      </Suspense>
      {view.may.write && (
        <Suspense>
          <GoodwillPanel to={{ conversationId: view.id }} name={customer.name} />
        </Suspense>
      )}
      {view.others.length > 0 && (
        <section>
          <h2 className="section">{t('conversation:side.also')}</h2>
          <ul className="also">
            {view.others.map(other => (
              <li key={other.id}>
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: String(other.number) }}
                  search={{}}
                  className="cut"
                  dir="auto"
                >
                  {other.subject || t('inbox:noSubject')}
                </Link>
                <span className="small muted">
                  {other.dueAt
                    ? t('desk:promise.by', { time: shortMoment(Date.parse(other.dueAt), now, place) })
                    : t(`inbox:state.${other.state}`)}
                </span>
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  )
})

const most = 12

function Participants({ view }: { view: ConversationView }) {
  const suggested = view.participants.filter(({ role }) => role === 'suggested')
  const others = view.participants.filter(({ role }) => role === 'taking-part' || role === 'copied')
  if (suggested.length + others.length === 0) return null
  return (
    <section>
      <h2 className="section">{t('conversation:side.participants')}</h2>
      {suggested.map(({ addressId, name, address }) => (
        <div key={addressId} className="suggested">
          <p className="small">
            {t('conversation:side.asksIn', { name: name || address })} <bdi className="muted">{name && address}</bdi>
          </p>
          {view.may.write && (
            <p className="acts">
              <Button onClick={() => void settleParticipant(view, addressId, 'copied')}>
                {t('conversation:side.accept')}
              </Button>
              <Button kind="quiet" onClick={() => void settleParticipant(view, addressId, 'left')}>
                {t('conversation:side.decline')}
              </Button>
            </p>
          )}
        </div>
      ))}
      <ul className="addresses">
        {others.slice(0, most).map(({ addressId, name, address, role }) => (
          <li key={addressId} title={address}>
            <bdi className="cut">{name || address}</bdi>
            <span className="small muted">{t(`conversation:side.${role}`)}</span>
          </li>
        ))}
      </ul>
      {others.length > most && (
        <details className="small">
          <summary>{t('compose:moreWho', { count: others.length - most })}</summary>
          <ul className="addresses">
            {others.slice(most).map(({ addressId, name, address }) => (
              <li key={addressId} title={address}>
                <bdi className="cut">{name || address}</bdi>
              </li>
            ))}
          </ul>
        </details>
      )}
    </section>
  )
}

/** Making one of these costs more than all it is ever asked. */
const namers = new Map<string, Intl.DisplayNames>()
const months = new Map<string, Intl.DateTimeFormat>()

function nameOf(type: 'language', code: string, language: string): string | null {
  try {
    const namer = namers.get(language) ?? new Intl.DisplayNames(language, { type })
    namers.set(language, namer)
    return namer.of(code) ?? null
  } catch {
    return null
  }
}

function monthOf(at: string, language: string, zone: string): string {
  const key = `${language} ${zone}`
  const month = months.get(key) ?? new Intl.DateTimeFormat(language, { month: 'long', year: 'numeric', timeZone: zone })
  months.set(key, month)
  return month.format(Date.parse(at))
}
