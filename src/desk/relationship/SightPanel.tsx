/** Beside a conversation: who may see it beside its customer, by a membership or because it was shared; and sharing it. */
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import { sight, unshareConversation } from '../../contract/organisations.ts'
import { t } from '../../words/desk.ts'
import { ask, renew, whenStayed } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { PersonLink } from './PersonLink.tsx'

const ShareDialog = lazy(() => import('./ShareDialog.tsx').then(it => ({ default: it.ShareDialog })))

export function SightPanel({ view }: { view: ConversationView }) {
  const { data } = useQuery(whenStayed(sight, { conversationId: view.id }))
  const [sharing, setSharing] = useState(false)
  if (!data) return null
  const stop = async (shareId: string, name: string) => {
    try {
      await ask(unshareConversation, { conversationId: view.id, shareId })
      renew(cache, sight)
      notice({ title: t('reached:sight.stopped', { name }) })
    } catch (problem) {
      noticeFailure(problem)
    }
  }
  const nobody = data.colleagues.length + data.shares.length === 0
  return (
    <section className="sight">
      <h2 className="section">{t('reached:sight.title')}</h2>
      {nobody && <p className="small muted">{t('reached:sight.nobody')}</p>}
      <ul className="addresses">
        {data.colleagues.map(({ person, organisation }) => (
          <li key={`${person.id} ${organisation.id}`}>
            <span className="cut">
              <PersonLink {...person} />
            </span>
            <span className="small muted cut">{t('reached:sight.sees', { organisation: organisation.name })}</span>
          </li>
        ))}
        {data.shares.map(share => (
          <li key={share.id} title={t('reached:sight.shared', { name: share.by.name })}>
            <bdi className="cut">
              {share.with.is === 'organisation'
                ? t('reached:sight.everybodyOf', { name: share.with.name })
                : share.with.name}
            </bdi>
            {view.may.write && (
              <button
                type="button"
                className="link small"
                aria-label={t('reached:sight.stopFor', { name: share.with.name })}
                onClick={() => void stop(share.id, share.with.name)}
              >
                {t('reached:sight.stop')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {view.may.write && (
        <button type="button" className="link small" onClick={() => setSharing(true)}>
          {t('reached:sight.share')}
        </button>
      )}
      {sharing && (
        <Suspense>
          <ShareDialog view={view} near={data.near} onClose={() => setSharing(false)} />
        </Suspense>
      )}
    </section>
  )
}
