/** Topics of the community that a conversation was shared as, or an article came of; nothing where there are none, or for whoever may not read them. */
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { topicsOfArticle, topicsOfConversation } from '../../contract/community-ties.ts'
import { t } from '../../words/community.ts'
import { type Output, query, whenStayed } from '../api.ts'
import { readsKnowledge } from '../knowledge/queries.ts'
import { useMe } from '../session/me.ts'
import { nameOf } from './queries.ts'

export function TopicsOfConversation({ conversationId }: { conversationId: string }) {
  const reads = readsKnowledge(useMe())
  const { data } = useQuery({
    ...whenStayed(topicsOfConversation, { conversationId }),
    staleTime: 60_000,
    enabled: reads,
  })
  return <Tied topics={data?.topics ?? []} />
}

export function TopicsOfArticle({ articleId }: { articleId: string }) {
  const { data } = useQuery({ ...query(topicsOfArticle, { articleId }), staleTime: 60_000 })
  return <Tied topics={data?.topics ?? []} />
}

function Tied({ topics }: { topics: Output<typeof topicsOfArticle>['topics'] }) {
  if (topics.length === 0) return null
  return (
    <section>
      <h2 className="section">{t('community:inCommunity')}</h2>
      <ul className="also">
        {topics.map(({ tie, topic }) => (
          <li key={tie.id}>
            <Link to="/community/$topicId" params={{ topicId: topic.id }} className="cut" dir="auto">
              {topic.title}
            </Link>
            {tie.credits && (
              <span className="small muted">{t('community:thanksTo', { name: nameOf(tie.credits) })}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
