/** Beside a conversation: who is told when something happens in it. */
import type { ConversationView } from '../../contract/conversations.ts'
import { Portrait, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useMe } from '../session/me.ts'

export function Followers({ view }: { view: ConversationView }) {
  const me = useMe().id
  const place = usePlace()
  if (view.followers.length === 0) return null
  const names = view.followers.map(({ id, name }) => (id === me ? t('marks:follow.you') : name))
  return (
    <section className="followers">
      <h2 className="section">{t('marks:follow.followers')}</h2>
      <p className="small" title={names.join(', ')}>
        {view.followers.slice(0, 6).map(({ id, name }) => (
          <Portrait key={id} name={name} us size="s" />
        ))}
        <bdi>{new Intl.ListFormat(place.language).format(names.slice(0, 12))}</bdi>
        {names.length > 12 && <> {t('marks:follow.more', { count: names.length - 12 })}</>}
      </p>
    </section>
  )
}
