/** Beside a conversation: who is told when something happens in it, and whether one is oneself. */
import type { ConversationView } from '../../contract/conversations.ts'
import { Portrait, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useMe } from '../session/me.ts'
import { follow } from './acts.ts'

/** More than these are counted. */
const shown = 12

export function Followers({ view }: { view: ConversationView }) {
  const me = useMe()
  const place = usePlace()
  const names = view.followers.map(({ id, name }) => (id === me.id ? t('marks:follow.you') : name))
  const more = names.length - shown
  const listed = more > 0 ? [...names.slice(0, shown), t('marks:follow.more', { count: more })] : names
  return (
    <section className="followers">
      <h2 className="section">{t('marks:follow.followers')}</h2>
      {names.length > 0 && (
        <p className="small" title={names.join(', ')}>
          {view.followers.slice(0, 6).map(({ id, name }) => (
            <Portrait key={id} name={name} us size="s" />
          ))}
          <bdi>{new Intl.ListFormat(place.language).format(listed)}</bdi>
        </p>
      )}
      <button type="button" className="link small" onClick={() => void follow(view, me, !view.following)}>
        {t(view.following ? 'marks:key.unfollow' : 'marks:key.follow')}
      </button>
    </section>
  )
}
