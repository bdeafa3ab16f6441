/** Beside a topic: where it belongs, what it goes with, and what those who look after the community do with the whole of it. */
import { IconBook2, IconExternalLink, IconMessage } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { TopicView } from '../../contract/community.ts'
import { followCommunityTopic } from '../../contract/community-desk.ts'
import * as tending from '../../contract/community-tending.ts'
import * as ties from '../../contract/community-ties.ts'
import { Button, Choice, Tick, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { goTo } from '../shell/going.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { ArticleDialog } from './ArticleDialog.tsx'
import { MergeDialog } from './MergeDialog.tsx'
import { categoryName, homeQuery, nameOf, renewCommunity } from './queries.ts'
import { RemoveDialog } from './RemoveDialog.tsx'
import { letStand } from './tending.ts'

const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const
type Settling = Partial<Omit<Parameters<typeof ask<typeof tending.settleCommunityTopic>>[1], 'topicId'>>

export function TopicSide({ topic }: { topic: TopicView }) {
  const [doing, setDoing] = useState<'merge' | 'remove' | 'article' | null>(null)
  const act = async (what: () => Promise<unknown>, title: string) => {
    try {
      await what()
      renewCommunity()
      notice({ title })
    } catch (error) {
      noticeFailure(error)
    }
  }
  const settle = (part: Settling) =>
    act(() => ask(tending.settleCommunityTopic, { topicId: topic.id, ...part }), t('community:saved'))
  const follows = topic.following !== null
  return (
    <aside className="comside" aria-label={t('community:beside')}>
      <section>
        <p className="small muted">
          {t('community:number', { number: topic.number })} · {t(`community:kind.${topic.kind}`)}
        </p>
        {topic.category.audience !== 'inside' && (
          <p>
            <a className="link comfact" href={`/help/community/t/${topic.number}-${topic.slug}`}>
              <IconExternalLink {...look} /> {t('community:outside')}
            </a>
          </p>
        )}
        <Tick
          toggle
          label={t('community:follow')}
          checked={follows}
          onChange={() =>
            void act(
              () => ask(followCommunityTopic, { topicId: topic.id, mode: follows ? null : 'each' }),
              t(follows ? 'community:unfollowed' : 'community:followed'),
            )
          }
        />
        {topic.followers > 0 && <p className="small muted">{t('community:followers', { count: topic.followers })}</p>}
      </section>
      {topic.may.tend && <Place topic={topic} settle={settle} />}
      {topic.practice && (
        <section>
          <h2 className="section">{t('community:review')}</h2>
          <p className="small">
            {topic.practice.reviewDueAt ? (
              <>
                {t('community:reviewDue')} <Time at={topic.practice.reviewDueAt} shown="relative" />
              </>
            ) : (
              t('community:reviewNever')
            )}
          </p>
          {topic.may.check && (
            <Button onClick={() => void settle({ checked: true })}>{t('community:stillRight')}</Button>
          )}
        </section>
      )}
      <section>
        <h2 className="section">{t('community:goesWith')}</h2>
        {topic.ties.length === 0 && <p className="small muted">{t('community:goesWithNothing')}</p>}
        <ul className="comties">
          {topic.ties.map(tie => (
            <li key={tie.id}>
              {tie.article && (
                <Link to="/knowledge/$articleId" params={{ articleId: tie.article.id }} search={{}} dir="auto">
                  <IconBook2 {...look} /> {tie.article.title}
                </Link>
              )}
              {tie.conversation && (
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: tie.conversation.id }}
                  search={{}}
                  dir="auto"
                >
                  <IconMessage {...look} /> {tie.conversation.subject || t('community:number', tie.conversation)}
                </Link>
              )}
              <span className="small muted">
                {t(`community:tie.${tie.is}`)}
                {tie.credits && <> {t('community:thanksTo', { name: nameOf(tie.credits) })}</>}
              </span>
              {topic.may.tend && tie.article && (
                <button
                  type="button"
                  className="link small"
                  onClick={() => void act(() => ask(ties.untie, { tieId: tie.id }), t('community:untied'))}
                >
                  {t('community:untie')}
                </button>
              )}
            </li>
          ))}
        </ul>
        {topic.may.tend && <Button onClick={() => setDoing('article')}>{t('community:article.open')}</Button>}
      </section>
      {topic.may.tend && (
        <section className="comend">
          <Button kind="quiet" onClick={() => setDoing('merge')}>
            {t('community:merge.open')}
          </Button>
          <Button kind="quiet" onClick={() => setDoing('remove')}>
            {t('community:removing.topic')}
          </Button>
        </section>
      )}
      {doing === 'article' && <ArticleDialog topic={topic} onClose={() => setDoing(null)} />}
      {doing === 'merge' && <MergeDialog topic={topic} onClose={() => setDoing(null)} />}
      {doing === 'remove' && (
        <RemoveDialog
          whole
          name={nameOf(topic.author)}
          own={topic.author.mine}
          undoes
          onRemove={async because => {
            await ask(tending.removeCommunityTopic, { topicId: topic.id, because })
            notice({ title: t('community:settled.remove'), onUndo: () => void letStand(topic.first.id) })
          }}
          onDone={() => void goTo({ to: '/community', search: {} })}
          onClose={() => setDoing(null)}
        />
      )}
    </aside>
  )
}

function Place({ topic, settle }: { topic: TopicView; settle: (part: Settling) => Promise<void> }) {
  const place = usePlace()
  const { data } = useQuery(homeQuery)
  return (
    <section>
      <h2 className="section">{t('community:place')}</h2>
      <Choice
        label={t('community:filter.category')}
        value={topic.category.id}
        onChange={event => void settle({ categoryId: event.currentTarget.value })}
      >
        {!data && <option value={topic.category.id}>{topic.category.name}</option>}
        {data?.categories.map(each => (
          <option key={each.id} value={each.id}>
            {categoryName(each, place.language)}
          </option>
        ))}
      </Choice>
      {topic.kind !== 'practice' && (
        <Choice
          label={t('community:kindLabel')}
          value={topic.kind}
          onChange={event =>
            void settle({ kind: event.currentTarget.value === 'question' ? 'question' : 'discussion' })
          }
        >
          <option value="question">{t('community:kind.question')}</option>
          <option value="discussion">{t('community:kind.discussion')}</option>
        </Choice>
      )}
      <Tick
        toggle
        label={t('community:pin')}
        checked={topic.pinned}
        onChange={event => void settle({ pinned: event.currentTarget.checked })}
      />
      <Tick
        toggle
        label={t('community:lock')}
        help={t('community:lockHelp')}
        checked={topic.locked}
        onChange={event => void settle({ locked: event.currentTarget.checked })}
      />
    </section>
  )
}
