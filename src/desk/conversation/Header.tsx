/** The head of a conversation: whose it is, who else is here, what it is about, what is promised, and what can be done. */
import {
  IconArrowLeft,
  IconCalendar,
  IconClockPause,
  IconDots,
  IconLayoutSidebarRight,
  IconUserCheck,
} from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName, fullMoment, Portrait, PromiseChip, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ChatHere } from '../chat/ChatHere.tsx'
import { dayWords } from '../compose/whenWords.ts'
import { placeOf, shownOf } from '../inbox/filter.ts'
import { FollowButton, HeadMarks } from '../marks/HeadMarks.tsx'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'
import { AwayLine } from '../sorting/AwayLine.tsx'
import type { From } from './useAround.ts'
import { leadingPromise } from './viewPatches.ts'

export type HeaderProps = {
  view: ConversationView
  me: { id: string; name: string }
  back: ReactNode
  owner: { items: MenuItem[]; opened: boolean; onChange: (opened: boolean) => void }
  more: MenuItem[]
  onNeededBy: () => void
  onLater: () => void
  onSide: () => void
}
const look = { size: 18, stroke: 1.6, 'aria-hidden': true } as const

export function Header({ view, me, back, owner, more, onNeededBy, onLater, onSide }: HeaderProps) {
  const promise = leadingPromise(view.promises)
  return (
    <header>
      <p className="hd small muted">
        {back}
        <span>
          {view.number} · {whose(view, me.id)}
          {view.state !== 'open' && ` · ${t(`inbox:state.${view.state}`)}`}
        </span>
        <ChatHere view={view} />
        <Present view={view} me={me.id} />
      </p>
      <h1 className="title" dir="auto">
        {view.subject || t('inbox:noSubject')}
      </h1>
      <AwayLine view={view} me={me.id} />
      <div className="meta">
        {promise && <PromiseChip promise={promise} />}
        {view.may.write ? (
          <button type="button" className="nb small" onClick={onNeededBy}>
            <Needed view={view} />
          </button>
        ) : (
          view.neededBy && (
            <span className="nb small">
              <Needed view={view} />
            </span>
          )
        )}
        <HeadMarks view={view} me={me}>
          {view.may.write && (
            <span className="ops small">
              <Menu
                label={t('conversation:owner')}
                position="bottom-end"
                opened={owner.opened}
                onChange={owner.onChange}
                items={owner.items}
                target={
                  <button type="button" title={t('conversation:ownerTitle')}>
                    <IconUserCheck {...look} />
                    <span className="word">{t('conversation:owner')}</span>
                  </button>
                }
              />
              <button type="button" onClick={onLater} title={t('conversation:laterTitle')}>
                <IconClockPause {...look} />
                <span className="word">{t('conversation:laterWord')}</span>
              </button>
              <FollowButton view={view} me={me} />
              <Menu
                label={t('conversation:more')}
                position="bottom-end"
                items={more}
                target={
                  <button type="button" aria-label={t('conversation:more')} title={t('conversation:more')}>
                    <IconDots {...look} />
                  </button>
                }
              />
              <button
                type="button"
                className="toside"
                onClick={onSide}
                aria-label={t('conversation:about')}
                title={t('conversation:about')}
              >
                <IconLayoutSidebarRight {...look} />
              </button>
            </span>
          )}
        </HeadMarks>
      </div>
    </header>
  )
}

export function Needed({ view }: { view: ConversationView }) {
  const place = usePlace()
  return (
    <>
      <IconCalendar size={17} stroke={1.6} aria-hidden="true" />
      {view.neededBy ? (
        <span title={fullMoment(Date.parse(view.neededBy), place)}>
          {t('conversation:neededBy', { day: dayWords(view.neededBy, place) })}
        </span>
      ) : (
        <span className="muted">{t('conversation:neededByWhen')}</span>
      )}
    </>
  )
}

export function whose(view: ConversationView, me: string): string {
  if (!view.owner) return t('conversation:whose.nobody', { name: firstName(view.answering.name) })
  return view.owner.id === me
    ? t('conversation:whose.yours')
    : t('conversation:whose.theirs', { name: firstName(view.owner.name) })
}

function Present({ view, me }: { view: ConversationView; me: string }) {
  const others = view.present.filter(({ person }) => person.id !== me)
  if (others.length === 0) return <span className="present" role="status" />
  return (
    <span className="present" role="status">
      {others.slice(0, 3).map(({ person, doing }) => (
        <span key={person.id} className="one" data-doing={doing}>
          · <Portrait name={person.name} us size="s" />
          {t(`conversation:present.${doing}`, { name: firstName(person.name) })}
        </span>
      ))}
    </span>
  )
}

export function Back({ to, label }: { to: From; label: string }) {
  const inner = (
    <>
      <IconArrowLeft className="flips" {...look} />
      <span className="sr">{label}</span>
    </>
  )
  const place = to.view ? placeOf(shownOf(to)) : { to: '/' as const }
  return (
    <Link {...place} className="back" title={label}>
      {inner}
    </Link>
  )
}
