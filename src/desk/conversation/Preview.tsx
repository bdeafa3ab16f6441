/** The conversation the cursor of a list stands on, beside the list: its newest end, and two ways to answer. */
import './conversation.css'
import { IconCornerDownRight, IconHistory, IconNote } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useLayoutEffect, useMemo, useRef } from 'react'
import type { ConversationView, Row } from '../../contract/conversations.ts'
import { Bones, Button, ErrorState, Keys, PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import type { Shown } from '../inbox/filter.ts'
import { PreviewMarks } from '../marks/PreviewMarks.tsx'
import { PersonLink } from '../relationship/PersonLink.tsx'
import { useMe } from '../session/me.ts'
import { conversationOptions } from './conversationQuery.ts'
import { Needed } from './Header.tsx'
import { StreamItems } from './Stream.tsx'
import { streamOf } from './streamOrder.ts'
import { useSeen } from './useSeen.ts'
import { leadingPromise } from './viewPatches.ts'

const newest = 8
type Props = { row: Row; shown: Shown; onWrite: (write: 'reply' | 'note') => void }

export function Preview({ row, shown, onWrite }: Props) {
  const me = useMe()
  const asked = useQuery(conversationOptions(row.id))
  const view = asked.data ?? null
  useSeen(view, 900)
  const promise = view ? leadingPromise(view.promises) : row.promise
  const link = { params: { conversationId: String(row.number) }, search: { ...shown } }
  return (
    <>
      <header>
        <p className="small muted">
          <PersonLink {...row.customer} /> ·{' '}
          {t('conversation:named', { number: row.number, team: view?.team.name ?? '' })}
        </p>
        <h2 className="title" dir="auto">
          <Link to="/conversations/$conversationId" {...link}>
            {row.subject || t('inbox:noSubject')}
          </Link>
        </h2>
        <div className="meta">
          {promise && <PromiseChip promise={promise} />}
          {view?.neededBy && (
            <span className="nb small">
              <Needed view={view} />
            </span>
          )}
          <PreviewMarks {...(view ?? row)} />
        </div>
      </header>
      {view ? (
        <NewestEnd view={view} me={me.id} link={link} />
      ) : (
        <div className="stream">{asked.error ? <ErrorState asked={asked} /> : <Bones shape="stream" />}</div>
      )}
      <footer>
        {view?.may.write && (
          <>
            <Button
              kind="primary"
              icon={<IconCornerDownRight size={18} stroke={1.6} className="flips" aria-hidden="true" />}
              onClick={() => onWrite('reply')}
            >
              {t('compose:reply')}
            </Button>
            <Button
              kind="inside"
              icon={<IconNote size={18} stroke={1.6} aria-hidden="true" />}
              onClick={() => onWrite('note')}
            >
              {t('compose:note')}
            </Button>
            <span className="keyhint">
              <Keys keys="r" />
              <Keys keys="n" />
            </span>
          </>
        )}
      </footer>
    </>
  )
}

type EndProps = { view: ConversationView; me: string; link: { params: { conversationId: string }; search: Shown } }

function NewestEnd({ view, me, link }: EndProps) {
  const items = useMemo(() => streamOf(view), [view])
  const end = useRef<HTMLDivElement>(null)
  const shown = items.slice(-newest)
  const before = items.length - shown.length
  const last = shown.at(-1)?.key
  // biome-ignore lint/correctness/useExhaustiveDependencies: the last key says that something came
  useLayoutEffect(() => {
    const element = end.current
    if (element) element.scrollTop = element.scrollHeight
  }, [last])
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys
    <section className="stream" ref={end} tabIndex={0} aria-label={t('conversation:stream')}>
      {(before > 0 || view.earlier !== null) && (
        <p className="line earlier">
          <IconHistory className="i" aria-hidden="true" />
          <Link to="/conversations/$conversationId" {...link} className="link">
            {before > 0 ? t('conversation:before', { count: before }) : t('conversation:earlier')}
          </Link>
        </p>
      )}
      <StreamItems items={shown} view={view} me={me} />
    </section>
  )
}
