/** How a practice went for others, as far as they said; those who look after it may take one away. */
import { IconCheck, IconTrash, IconX } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import type { TopicView, TryView } from '../../contract/community.ts'
import { communityTries } from '../../contract/community-desk.ts'
import { removeCommunityTry } from '../../contract/community-tending.ts'
import { Time } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, query } from '../api.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { nameOf, renewCommunity } from './queries.ts'

const look = { size: 16, stroke: 1.8, 'aria-hidden': true } as const

export function Tries({ topic }: { topic: TopicView }) {
  const { data } = useQuery(query(communityTries, { topicId: topic.id }))
  const { worked, notWorked } = topic.practice!
  const remove = async (tried: TryView) => {
    try {
      await ask(removeCommunityTry, { tryId: tried.id })
      renewCommunity()
      notice({ title: t('community:tryRemoved') })
    } catch (error) {
      noticeFailure(error)
    }
  }
  return (
    <section aria-labelledby="tries">
      <h2 className="section" id="tries">
        {t('community:tries', { worked, all: worked + notWorked })}
      </h2>
      <ul className="comtries">
        {data?.tries.map(each => (
          <li key={each.id}>
            <p className="small comfact">
              {each.worked ? <IconCheck {...look} /> : <IconX {...look} />}
              <b>
                <bdi>{nameOf(each.author)}</bdi>
              </b>
              <span className="muted">
                {t(each.worked ? 'community:didWork' : 'community:didNotWork')} · <Time at={each.at} shown="relative" />
              </span>
              {topic.may.tend && (
                <button
                  type="button"
                  className="icon"
                  aria-label={t('community:tryRemove', { name: nameOf(each.author) })}
                  title={t('community:tryRemove', { name: nameOf(each.author) })}
                  onClick={() => void remove(each)}
                >
                  <IconTrash size={16} stroke={1.6} aria-hidden="true" />
                </button>
              )}
            </p>
            {each.words && (
              <p className="read" dir="auto">
                {each.words}
              </p>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
