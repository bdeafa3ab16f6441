/** Where one is signed in, and ending it there. */
import { IconDeviceDesktop } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { endSession, sessions } from '../../contract/session.ts'
import { Button, ErrorState, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { noticeFailure } from '../shell/notices.ts'

export function Sessions() {
  const asked = useQuery(query(sessions, {}))
  const ending = useMutation({
    mutationFn: (sessionId: string) => ask(endSession, { sessionId }),
    onSuccess: () => renew(cache, sessions),
    onError: error => noticeFailure(error),
  })
  return (
    <section className="block">
      <h2 className="section">{t('settings:sessions.title')}</h2>
      {asked.isError && <ErrorState asked={asked} />}
      <ul className="ledge" data-plain>
        {asked.data?.sessions.map(session => (
          <li key={session.id} data-lead>
            <IconDeviceDesktop size={20} stroke={1.5} aria-hidden="true" />
            <div>
              <p>
                {session.agent ? <bdi>{session.agent}</bdi> : t('settings:sessions.unknown')}
                {session.current && <span className="muted"> · {t('settings:sessions.here')}</span>}
              </p>
              <p className="small muted">
                {session.network && `${session.network} · `}
                {t('settings:sessions.seen')} <Time at={session.lastSeenAt} />
              </p>
            </div>
            {!session.current && (
              <span className="acts">
                <Button
                  busy={ending.isPending && ending.variables === session.id}
                  onClick={() => ending.mutate(session.id)}
                >
                  {t('settings:sessions.end')}
                </Button>
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
