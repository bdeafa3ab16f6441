/** Somebody as the community knows them, for those who look after it: what they did here, and asking them to stop for a while. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { communityPerson, stopCommunityPerson } from '../../contract/community-tending.ts'
import { Area, Bones, Button, Choice, ErrorState, Time } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { ask, query } from '../api.ts'
import { Sheet } from '../pieces/Sheet.tsx'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'
import { trustPerson } from './tending.ts'

const spans = [1, 7, 30, 0] as const

export function PersonSheet({ personId, onClose }: { personId: string; onClose: () => void }) {
  const asked = useQuery(query(communityPerson, { personId }))
  const [because, setBecause] = useState('')
  const [days, setDays] = useState<number>(7)
  const stopping = useMutation({
    mutationFn: (stops: boolean) =>
      ask(stopCommunityPerson, {
        personId,
        stopped: stops
          ? {
              because: because.trim(),
              until: days > 0 ? new Date(Date.now() + days * 86_400_000).toISOString() : null,
            }
          : null,
      }),
    onSuccess: (_, stops) => {
      renewCommunity()
      notice({
        title: t(stops ? 'community:person.stopped' : 'community:person.writesAgain'),
        ...(stops ? { onUndo: () => stopping.mutate(false) } : {}),
      })
      onClose()
    },
  })
  const person = asked.data
  return (
    <Sheet title={person ? <bdi>{person.name}</bdi> : t('community:person.title')} onClose={onClose}>
      {asked.isPending && <Bones rows={2} />}
      {asked.isError && <ErrorState asked={asked} />}
      {person && (
        <div className="comperson">
          <p>
            {t(`community:trust.${person.trust}`)}.{' '}
            {person.stood > 0 && t('community:person.stood', { count: person.stood })}{' '}
            {person.days > 0 && t('community:person.days', { count: person.days })}{' '}
            {person.removed > 0 && t('community:person.removed', { count: person.removed })}
          </p>
          {person.said ? (
            <p className="small muted">
              {t('community:person.saidTrusted')} <Time at={person.said.at} />
            </p>
          ) : (
            <p className="small muted">{t('community:person.grows')}</p>
          )}
          <p className="acts">
            {person.trust !== 'trusted' && (
              <Button onClick={() => void trustPerson(personId, 'trusted')}>{t('community:act.trust')}</Button>
            )}
            {person.trust !== 'new' && (
              <Button onClick={() => void trustPerson(personId, 'new')}>{t('community:act.distrust')}</Button>
            )}
            {person.said && (
              <Button kind="quiet" onClick={() => void trustPerson(personId, null)}>
                {t('community:person.letGrow')}
              </Button>
            )}
          </p>
          <p>
            <Link to="/people/$personId" params={{ personId }} search={{}}>
              {t('community:person.relationship')}
            </Link>
          </p>
          {person.stopped ? (
            <>
              <p className="comnote">
                {person.stopped.until ? (
                  <>
                    {t('community:person.stoppedUntil')} <Time at={person.stopped.until} />
                  </>
                ) : (
                  t('community:person.stoppedForNow')
                )}
                : <span dir="auto">{person.stopped.because}</span>
              </p>
              <p className="acts">
                <Button busy={stopping.isPending} onClick={() => stopping.mutate(false)}>
                  {t('community:person.letWrite')}
                </Button>
              </p>
            </>
          ) : (
            <form
              className="form"
              onSubmit={event => {
                event.preventDefault()
                if (because.trim()) stopping.mutate(true)
              }}
            >
              <h3 className="section">{t('community:person.ask')}</h3>
              <Area
                label={t('community:person.because')}
                help={t('community:person.becauseHelp')}
                required
                dir="auto"
                rows={3}
                maxLength={500}
                value={because}
                onChange={event => setBecause(event.currentTarget.value)}
              />
              <Choice
                label={t('community:person.howLong')}
                value={days}
                onChange={event => setDays(Number(event.currentTarget.value))}
              >
                {spans.map(span => (
                  <option key={span} value={span}>
                    {span > 0 ? t('community:person.forDays', { count: span }) : t('community:person.untilWeSay')}
                  </option>
                ))}
              </Choice>
              <Refused error={stopping.error} title={t('community:notSaved')} />
              <p className="acts">
                <Button submit busy={stopping.isPending}>
                  {t('community:person.stop')}
                </Button>
              </p>
            </form>
          )}
        </div>
      )}
    </Sheet>
  )
}
