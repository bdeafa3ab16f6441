/** One topic at the desk: what was asked, what was said, and a field to answer in as one of us; beside it where it belongs and what it goes with. */
import './community.css'
import { useInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { TopicView } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { Bones, Button, EmptyState, ErrorState } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, Problem } from '../api.ts'
import { useReadHere } from '../notifications/useReadHere.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Answer } from './Answer.tsx'
import { PostCard } from './PostCard.tsx'
import { TopicSide } from './TopicSide.tsx'
import { Tries } from './Tries.tsx'

const route = getRouteApi('/desk/community/$topicId')

export function TopicPage() {
  const { topicId } = route.useParams()
  const asked = useInfiniteQuery({
    queryKey: [contract.communityTopic.path, { topicId }],
    queryFn: ({ signal, pageParam }) =>
      ask(contract.communityTopic, { topicId, ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: '',
    getNextPageParam: ({ page }) => page.after,
  })
  const topic = asked.data?.pages[0]?.topic
  usePageTitle(topic?.title ?? t('community:title'))
  useReadHere('topic', topic?.id, 1000)
  const isGone = asked.error instanceof Problem && asked.error.status === 410
  return (
    <main className="page community" id="page" tabIndex={-1}>
      <p className="small">
        <Link to="/community" search={{}}>
          {t('community:title')}
        </Link>
        {topic && (
          <>
            {' / '}
            <Link to="/community" search={{ category: topic.category.id }} dir="auto">
              {topic.category.name}
            </Link>
          </>
        )}
      </p>
      {asked.isPending && <Bones shape="stream" />}
      {isGone && !topic && (
        <>
          <h1 className="sr">{t('community:goneTitle')}</h1>
          <EmptyState title={t('community:goneTitle')}>{t('community:goneLead')}</EmptyState>
        </>
      )}
      {asked.isError && !isGone && !topic && <ErrorState whole asked={asked} />}
      {topic && (
        <Opened topic={topic} posts={asked.data!.pages.flatMap(({ page }) => page.posts)}>
          {asked.hasNextPage && (
            <p>
              <Button busy={asked.isFetchingNextPage} onClick={() => void asked.fetchNextPage()}>
                {t('community:laterReplies')}
              </Button>
            </p>
          )}
        </Opened>
      )}
    </main>
  )
}

type Props = { topic: TopicView; posts: TopicView['first'][]; children: ReactNode }

function Opened({ topic, posts, children }: Props) {
  return (
    <div className="comcols">
      <div className="commain">
        <h1 className="title" dir="auto">
          {topic.title}
        </h1>
        <PostCard topic={topic} post={topic.first} />
        {topic.practice && <Tries topic={topic} />}
        <section aria-labelledby="replies">
          <h2 className="section" id="replies">
            {topic.answers > 0 ? t('community:replies', { count: topic.answers }) : t('community:noReplyYet')}
          </h2>
          {posts.map(post => (
            <PostCard key={post.id} topic={topic} post={post} />
          ))}
          {children}
        </section>
        {topic.may.write ? (
          <Answer key={topic.id} topic={topic} />
        ) : (
          <p className="comnote">{t(topic.locked ? 'community:lockedLead' : 'community:readsOnly')}</p>
        )}
      </div>
      <TopicSide topic={topic} />
    </div>
  )
}
