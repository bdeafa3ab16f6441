/** One post at the desk: who, when, their words, what waits or was flagged, and what a teammate may do with it. */
import { IconCircleCheck, IconDots, IconEyeOff, IconThumbUp } from '@tabler/icons-react'
import { useState } from 'react'
import type { PostView, TopicView } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import { Button, Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask } from '../api.ts'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'
import { useMe } from '../session/me.ts'
import { noticeFailure } from '../shell/notices.ts'
import { ChangeDialog } from './ChangeDialog.tsx'
import { HistoryDialog } from './HistoryDialog.tsx'
import { PersonSheet } from './PersonSheet.tsx'
import { PrivatelyDialog } from './PrivatelyDialog.tsx'
import { nameOf, renewCommunity } from './queries.ts'
import { RemoveDialog } from './RemoveDialog.tsx'
import { letStand, settle } from './tending.ts'
import { Written } from './Written.tsx'

const look = { size: 16, stroke: 1.6, 'aria-hidden': true } as const
type Doing = 'change' | 'remove' | 'history' | 'privately' | 'person' | null

export function PostCard({ topic, post }: { topic: TopicView; post: PostView }) {
  const me = useMe()
  const [doing, setDoing] = useState<Doing>(null)
  const name = nameOf(post.author)
  const isUs = post.author.is === 'us'
  // What its author takes back is gone for good; what those who look after it take away can stand again.
  const own = post.author.mine && !topic.may.tend
  const knows = topic.may.tend && post.author.is === 'person' ? post.author.personId : null
  const isAside = post.state === 'waiting' || post.state === 'hidden'
  const act = async (what: () => Promise<unknown>) => {
    try {
      await what()
      renewCommunity()
    } catch (error) {
      noticeFailure(error)
    }
  }
  const accept = () =>
    act(() => ask(contract.acceptCommunityAnswer, { topicId: topic.id, postId: post.accepted ? null : post.id }))
  const items: MenuItem[] = [
    ...(post.may.edit ? [{ label: t('community:act.change'), run: () => setDoing('change') }] : []),
    ...(topic.may.tend && post.author.is === 'person'
      ? [{ label: t('community:act.privately'), run: () => setDoing('privately') }]
      : []),
    ...(knows ? [{ label: t('community:act.about', { name }), run: () => setDoing('person') }] : []),
    ...(topic.may.tend && post.editedAt ? [{ label: t('community:act.history'), run: () => setDoing('history') }] : []),
    ...(post.may.remove ? [{ label: t('community:act.remove'), run: () => setDoing('remove') }] : []),
  ]
  return (
    <article className="compost" data-us={isUs || undefined} data-accepted={post.accepted || undefined}>
      <Portrait name={name} us={isUs} />
      <div>
        <header className="comby">
          <span>
            {knows ? (
              <button type="button" className="link strong" onClick={() => setDoing('person')}>
                <bdi>{name}</bdi>
              </button>
            ) : (
              <b>
                <bdi>{name}</bdi>
              </b>
            )}
            {post.author.from && (
              <span className="muted">
                , <bdi>{post.author.from}</bdi>
              </span>
            )}{' '}
            {isUs && <span className="comus">{me.installation.name}</span>}
          </span>
          <span className="small muted">
            <Time at={post.at} />
            {post.editedAt && <> · {t('community:edited')}</>}
          </span>
          {items.length > 0 && (
            <Menu
              label={t('community:act.more', { name })}
              items={items}
              target={
                <button type="button" className="icon" aria-label={t('community:act.more', { name })}>
                  <IconDots size={18} stroke={1.6} aria-hidden="true" />
                </button>
              }
            />
          )}
        </header>
        {post.accepted && (
          <p className="small held comfact">
            <IconCircleCheck {...look} /> {t('community:accepted')}
          </p>
        )}
        {isAside && (
          <p className="small warm comfact">
            <IconEyeOff {...look} />{' '}
            {post.waitsFor ? t(`community:waits.${post.waitsFor}`) : t(`community:state.${post.state}`)}
          </p>
        )}
        {post.state === 'removed' ? (
          <p className="muted">{t(`community:removedBy.${post.removedBy ?? 'moderator'}`)}</p>
        ) : (
          <Written html={post.html} steps={post.steps} />
        )}
        <p className="comacts">
          {post.likes > 0 && (
            <span className="small muted comfact">
              <IconThumbUp {...look} /> {t('community:likes', { count: post.likes })}
            </span>
          )}
          {post.may.accept && (
            <Button kind="quiet" onClick={() => void accept()}>
              {t(post.accepted ? 'community:act.unaccept' : 'community:act.accept')}
            </Button>
          )}
          {isAside && topic.may.tend && (
            <Button onClick={() => void letStand(post.id)}>{t('community:act.stand')}</Button>
          )}
          {post.state === 'removed' && post.removedBy === 'moderator' && topic.may.tend && (
            <Button kind="quiet" onClick={() => void letStand(post.id)}>
              {t('community:act.standAgain')}
            </Button>
          )}
        </p>
        {doing === 'change' && <ChangeDialog topic={topic} post={post} onClose={() => setDoing(null)} />}
        {doing === 'privately' && <PrivatelyDialog post={post} onClose={() => setDoing(null)} />}
        {doing === 'history' && <HistoryDialog post={post} onClose={() => setDoing(null)} />}
        {doing === 'person' && knows && <PersonSheet personId={knows} onClose={() => setDoing(null)} />}
        {doing === 'remove' && (
          <RemoveDialog
            name={name}
            own={post.author.mine}
            whole={post.number === 1 && topic.answers === 0}
            onClose={() => setDoing(null)}
            undoes={!own}
            onRemove={because =>
              own ? ask(contract.removeCommunityPost, { postId: post.id, because }) : settle(post.id, 'remove', because)
            }
          />
        )}
      </div>
    </article>
  )
}
