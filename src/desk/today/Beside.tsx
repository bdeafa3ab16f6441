/** Beside the ledger: who wrote back, who mentioned me, what I began and did not send, and what was promised to us. Shows only what there is. */
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { lazy, type ReactNode, Suspense } from 'react'
import { Time, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { mineQuery } from '../asks/queries.ts'
import { TodayAsks } from '../asks/TodayAsks.tsx'
import { toDecideQuery } from '../goodwill/goodwillQuery.ts'
import { decisionsQuery } from '../questions/queries.ts'
import { soonQuery } from '../relationship/care/careQuery.ts'
import { useMe } from '../session/me.ts'
import type { Acting } from './acting.tsx'
import { Theirs } from './Theirs.tsx'
import type { TodayView } from './todayQuery.ts'

const TodayGoodwill = lazy(() => import('../goodwill/TodayGoodwill.tsx').then(it => ({ default: it.TodayGoodwill })))
const TodayArticles = lazy(() => import('../knowledge/TodayArticles.tsx').then(it => ({ default: it.TodayArticles })))
const TodayDecisions = lazy(() =>
  import('../questions/TodayDecisions.tsx').then(it => ({ default: it.TodayDecisions })),
)
const TodayCheckIns = lazy(() =>
  import('../relationship/care/TodayCheckIns.tsx').then(it => ({ default: it.TodayCheckIns })),
)

type Item = Acting & {
  conversationId: string
  write?: 'reply' | 'note'
  title: ReactNode
  preview: string
  at: string
}
export type Sections = { is: 'replies' | 'mentions' | 'drafts'; items: Item[] }[]

export function useSections(view: TodayView | undefined): Sections {
  const navigate = useNavigate()
  if (!view) return []
  const item = (
    about: { id: string; subject: string; customer: { name: string } },
    more: { key: string; at: string; preview: string; title?: ReactNode; write?: 'reply' | 'note' },
  ): Item => {
    const go = (write?: 'reply' | 'note') =>
      void navigate({
        to: '/conversations/$conversationId',
        params: { conversationId: about.id },
        search: write ? { write } : {},
      })
    const title = more.title ?? about.customer.name
    return {
      ...more,
      title,
      conversationId: about.id,
      open: () => go(more.write),
      reply: () => go(more.write ?? 'reply'),
    }
  }
  const sections: Sections = [
    {
      is: 'replies',
      items: view.replies.map(it =>
        item(it.conversation, { key: `reply ${it.conversation.id}`, at: it.at, preview: it.preview }),
      ),
    },
    {
      is: 'mentions',
      items: view.mentions.map(it =>
        item(it.conversation, {
          key: `mention ${it.messageId}`,
          at: it.at,
          preview: it.preview,
          title: t('today:mentioned', { name: it.by?.name ?? '', customer: it.conversation.customer.name }),
        }),
      ),
    },
    {
      is: 'drafts',
      items: view.drafts.map(it =>
        item(it.conversation, {
          key: `draft ${it.conversation.id} ${it.kind}`,
          at: it.savedAt,
          preview: it.preview || t('today:emptyDraft'),
          write: it.kind,
          title: t(`today:draft.${it.kind}`, { customer: it.conversation.customer.name }),
        }),
      ),
    },
  ]
  return sections.filter(({ items }) => items.length > 0)
}

/** How much stands beside: what a narrow screen says on the button that opens it. */
export function useWaiting(view: TodayView | undefined, sections: Sections): number {
  const asks = useQuery(mineQuery).data
  const { decisions, given, touching } = useToDecide()
  const own = sections.reduce((sum, { items }) => sum + items.length, view?.theirs.length ?? 0)
  const asked = asks ? asks.forMe.length + asks.back.length + asks.news.length : 0
  return own + asked + decisions + given + touching
}

/** How many of each there are: what shows them is loaded only where there are some. */
function useToDecide() {
  const me = useMe()
  const [now, place] = [useNow(), usePlace()]
  const decisions = useQuery(decisionsQuery).data?.questions.length ?? 0
  const leads = me.teams.some(({ role }) => role === 'lead')
  const given = useQuery({ ...toDecideQuery, enabled: leads }).data?.rows.length ?? 0
  const touching = useQuery(soonQuery(now, place)).data?.rows.length ?? 0
  return { decisions, given, touching }
}

type Props = { view: TodayView; sections: Sections; chosen: string | undefined; choose: (key: string) => void }

export function Beside({ view, sections, chosen, choose }: Props) {
  const { decisions, given, touching } = useToDecide()
  return (
    <>
      <TodayAsks />
      {sections.map(({ is, items }) => (
        <section key={is} aria-labelledby={`today-${is}`}>
          <h2 className="section" id={`today-${is}`}>
            {t(`today:beside.${is}`)}
          </h2>
          <ul>
            {items.map(item => (
              <li
                key={item.key}
                className="it acts-on"
                data-focus={item.key === chosen || undefined}
                onFocus={() => choose(item.key)}
              >
                <p className="top">
                  <Link
                    to="/conversations/$conversationId"
                    params={{ conversationId: item.conversationId }}
                    search={item.write ? { write: item.write } : {}}
                    className="strong cut"
                  >
                    {item.title}
                  </Link>
                  <Time at={item.at} shown="relative" className="small muted" />
                </p>
                <p className="small muted two" dir="auto">
                  {item.preview}
                </p>
              </li>
            ))}
          </ul>
        </section>
      ))}
      <Suspense>
        {given > 0 && <TodayGoodwill />}
        {decisions > 0 && <TodayDecisions />}
        <TodayArticles />
        {touching > 0 && <TodayCheckIns />}
      </Suspense>
      <Theirs due={view.theirs} />
    </>
  )
}
