/** The stream of a conversation: everything said and done, oldest first, opened at its newest end. Older messages come above without moving what one reads. */
import { IconHistory } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Fragment, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import * as contract from '../../contract/conversations.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { AskBlock } from '../asks/AskBlock.tsx'
import { asksQuery } from '../asks/queries.ts'
import { withAsks } from '../asks/withAsks.ts'
import { Forwarded } from '../forward/Forwarded.tsx'
import { WaitingNotes } from '../offline/WaitingNotes.tsx'
import { OfferCard } from '../outside/OfferCard.tsx'
import { SaidPromises } from '../promises/offers/SaidPromises.tsx'
import { noticeFailure } from '../shell/notices.ts'
import { LaterReplies } from '../structure/LaterReplies.tsx'
import { patchConversation } from './conversationQuery.ts'
import { Acknowledged, HappeningLine } from './Lines.tsx'
import { Note } from './Note.tsx'
import { Said } from './Said.tsx'
import { type StreamItem, streamOf } from './streamOrder.ts'
import { withEarlier } from './viewPatches.ts'

type View = contract.ConversationView

export function StreamItems({ items, view, me }: { items: StreamItem[]; view: View; me: string }) {
  const { id, name } = view.customer
  const customer = useMemo(() => ({ id, name }), [id, name])
  return items.map(item => {
    if (item.is === 'fresh')
      return (
        <p key={item.key} className="fresh">
          <span>
            <Time at={item.at} shown="short" /> {t('conversation:fresh')}
          </span>
        </p>
      )
    if (item.is === 'happening') return <HappeningLine key={item.key} happening={item.happening} me={me} view={view} />
    if (item.is === 'ask') return <AskBlock key={item.key} ask={item.ask} me={me} />
    const { message } = item
    if (message.kind === 'note') return <Note key={item.key} message={message} me={me} />
    if (message.kind === 'forward') return <Forwarded key={item.key} message={message} me={me} />
    if (message.kind === 'acknowledgement')
      return <Acknowledged key={item.key} message={message} promises={view.promises} />
    return (
      <Fragment key={item.key}>
        <Said message={message} customer={customer} />
        {(message.kind === 'message' || message.kind === 'call') && <SaidPromises message={message} view={view} />}
        {message.offer && message.takenBackAt === null && (
          <OfferCard offer={message.offer} conversationId={view.id} customer={name} mayWrite={view.may.write} />
        )}
      </Fragment>
    )
  })
}

export function Stream({ view, me, fresh }: { view: View; me: string; fresh: ReadonlySet<string> }) {
  const asks = useQuery(asksQuery(view.id)).data?.asks
  const items = useMemo(() => {
    const oldest = view.earlier === null ? null : (view.messages[0]?.at ?? null)
    return withAsks(streamOf(view, fresh), asks ?? [], oldest)
  }, [view, fresh, asks])
  const scroll = useRef<HTMLDivElement>(null)
  const { busy, more } = useEarlier(view, scroll)
  useNewestInSight(view, items.length, scroll)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="scroll" ref={scroll} tabIndex={0} aria-label={t('conversation:stream')}>
      <div className="stream">
        {view.earlier !== null && (
          <p className="line earlier">
            <IconHistory className="i" aria-hidden="true" />
            <button type="button" className="link" onClick={more} aria-busy={busy || undefined}>
              {t(busy ? 'desk:state.loading' : 'conversation:earlier')}
            </button>
          </p>
        )}
        {view.earlier === null && view.previous && <Previous previous={view.previous} />}
        <StreamItems items={items} view={view} me={me} />
        <WaitingNotes conversationId={view.id} />
        <LaterReplies view={view} me={me} />
      </div>
    </section>
  )
}

function Previous({ previous }: { previous: NonNullable<View['previous']> }) {
  return (
    <p className="line earlier">
      <IconHistory className="i" aria-hidden="true" />
      <a className="link" href={`/conversations/${previous.number}`}>
        {t('conversation:previous', { number: previous.number, subject: previous.subject })}
      </a>
    </p>
  )
}

/** Fetches older messages when the top comes near, and keeps in place what one reads. */
function useEarlier(view: View, scroll: React.RefObject<HTMLDivElement | null>) {
  const [busy, setBusy] = useState(false)
  const oldest = view.messages[0]?.id
  const height = useRef<{ oldest: string | undefined; height: number; top: number } | null>(null)
  const more = async () => {
    if (busy || view.earlier === null) return
    setBusy(true)
    try {
      const page = await ask(contract.earlierMessages, { conversationId: view.id, before: view.earlier })
      const element = scroll.current
      if (element) height.current = { oldest, height: element.scrollHeight, top: element.scrollTop }
      patchConversation(view.id, now => withEarlier(now, page))
    } catch (problem) {
      noticeFailure(problem)
    } finally {
      setBusy(false)
    }
  }
  useLayoutEffect(() => {
    const before = height.current
    const element = scroll.current
    if (!before || !element || before.oldest === oldest) return
    height.current = null
    element.scrollTop = before.top + element.scrollHeight - before.height
  }, [oldest, scroll])
  const latest = useRef(more)
  latest.current = more
  useEffect(() => {
    const element = scroll.current
    if (!element) return
    const near = () => element.scrollTop < 200 && element.scrollHeight > element.clientHeight && void latest.current()
    element.addEventListener('scroll', near, { passive: true })
    return () => element.removeEventListener('scroll', near)
  }, [scroll])
  return { busy, more: () => void more() }
}

/** Opens at the newest end, and follows it while one is there; somebody who reads further up is left in peace. */
function useNewestInSight(view: View, count: number, scroll: React.RefObject<HTMLDivElement | null>) {
  const atEnd = useRef(true)
  const opened = useRef('')
  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    const moved = () => {
      atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < 80
    }
    element.addEventListener('scroll', moved, { passive: true })
    // Frames and pictures grow after they are drawn, and the composer takes room when it opens.
    const grown = new ResizeObserver(() => {
      if (atEnd.current) element.scrollTop = element.scrollHeight
    })
    grown.observe(element)
    if (element.firstElementChild) grown.observe(element.firstElementChild)
    return () => {
      element.removeEventListener('scroll', moved)
      grown.disconnect()
    }
  }, [scroll])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the count says that something was added
  useLayoutEffect(() => {
    const element = scroll.current
    if (!element) return
    if (opened.current !== view.id) {
      opened.current = view.id
      atEnd.current = true
      // Its first size is told within the same picture: reading it here would have everything laid out twice.
      return
    }
    if (atEnd.current) element.scrollTop = element.scrollHeight
  }, [view.id, count, scroll])
}
