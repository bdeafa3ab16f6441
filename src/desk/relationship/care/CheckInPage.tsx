/** One check-in: what there is to talk about, and what to do: write, call, later, or not this time. */
import './care.css'
import '../../../words/care.ts'
import { IconPencil, IconPhone } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { CheckInView } from '../../../contract/care.ts'
import {
  Bones,
  Button,
  ErrorState,
  firstName,
  fullMoment,
  Portrait,
  rippleOf,
  shortMoment,
  Time,
  useNow,
  usePlace,
} from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { useActions } from '../../shell/actions.ts'
import { usePageTitle } from '../../shell/usePageTitle.ts'
import { checkInQuery } from './careQuery.ts'
import { contactWords, pageOf } from './careWords.ts'
import { Material } from './Material.tsx'
import { LaterDialog, SkipDialog } from './NotNow.tsx'
import { TouchDialog } from './TouchDialog.tsx'

const route = getRouteApi('/desk/check-ins/$checkInId')
type Asking = 'touch' | 'later' | 'skip' | null

export function CheckInPage() {
  const { checkInId } = route.useParams()
  const asked = useQuery(checkInQuery(checkInId))
  const view = asked.data
  usePageTitle(view ? t('care:checkIn.title', { name: view.party.name }) : t('care:title'))
  return (
    <main className="page checkin" id="page">
      {asked.isPending && <Bones shape="stream" />}
      {asked.isError && !view && <Over asked={asked} />}
      {view && <CheckIn view={view} checkInId={checkInId} />}
    </main>
  )
}

/** One that was settled meanwhile is no error. */
function Over({ asked }: { asked: { error: Error | null; refetch: () => unknown } }) {
  const gone = (asked.error as { status?: number } | null)?.status === 404
  if (!gone) return <ErrorState whole asked={asked} />
  return (
    <div className="teaches">
      <h1 className="verdict">{t('care:checkIn.over')}</h1>
      <p>{t('care:checkIn.overLead')}</p>
      <p className="acts">
        <Link to="/check-ins" search={{}} className="btn">
          {t('care:title')}
        </Link>
      </p>
    </div>
  )
}

function CheckIn({ view, checkInId }: { view: CheckInView; checkInId: string }) {
  const navigate = useNavigate()
  const [now, place] = [useNow(), usePlace()]
  const [asking, setAsking] = useState<Asking>(null)
  const { party, people, checkIn, lastContactAt, rhythmDays } = view
  const [first] = people.filter(({ mayWrite }) => mayWrite)
  const write = (personId: string) => void navigate({ to: '/write', search: { to: personId, checkIn: checkInId } })
  const done = () => void navigate({ to: '/check-ins', search: {} })
  const days = lastContactAt ? (now - Date.parse(lastContactAt)) / 86_400_000 : null
  useActions([
    ...(first
      ? [
          {
            id: 'check-in-write',
            label: t('care:checkIn.write', { name: firstName(first.person.name) }),
            keys: 'r',
            group: 'here' as const,
            run: () => write(first.person.id),
          },
        ]
      : []),
    { id: 'check-in-touch', label: t('care:touch.title'), keys: 'n', group: 'here', run: () => setAsking('touch') },
    { id: 'check-in-later', label: t('care:checkIn.later'), keys: 'z', group: 'here', run: () => setAsking('later') },
    { id: 'check-in-skip', label: t('care:checkIn.skip'), group: 'here', run: () => setAsking('skip') },
  ])
  return (
    <>
      <header className="checkinhead">
        <Portrait
          name={party.name}
          size="xl"
          {...(days !== null && rhythmDays !== null ? { ripple: rippleOf(days, rhythmDays) } : {})}
        />
        <div>
          <p className="small muted">{t('care:checkIn.aside')}</p>
          <h1 className="title">
            <Link to={pageOf(party)} dir="auto">
              {party.name}
            </Link>
          </h1>
          <p>{contactWords(view, now, place)}</p>
          {checkIn && (
            <p className="small muted">
              {t('care:checkIn.due', { time: shortMoment(Date.parse(checkIn.dueAt), now, place) })}{' '}
              <Time at={checkIn.dueAt} shown="relative" />
            </p>
          )}
          <p className="acts">
            {first && (
              <Button
                kind="primary"
                icon={<IconPencil size={17} stroke={1.6} aria-hidden="true" />}
                onClick={() => write(first.person.id)}
              >
                {t('care:checkIn.write', { name: firstName(first.person.name) })}
              </Button>
            )}
            <Button
              kind={first ? 'plain' : 'primary'}
              icon={<IconPhone size={17} stroke={1.6} aria-hidden="true" />}
              onClick={() => setAsking('touch')}
            >
              {t('care:touch.title')}
            </Button>
            <Button kind="quiet" onClick={() => setAsking('later')}>
              {t('care:checkIn.later')}
            </Button>
            <Button kind="quiet" onClick={() => setAsking('skip')}>
              {t('care:checkIn.skip')}
            </Button>
          </p>
        </div>
      </header>
      <ul className="reach">
        {people.map(one => (
          <li key={one.person.id} className="small">
            {party.is === 'organisation' && (
              <span className="strong" dir="auto">
                {one.person.name}
                {one.role && <span className="muted">, {one.role}</span>}:{' '}
              </span>
            )}
            {one.prefers && <>{one.prefersWords || t(`care:prefers.${one.prefers}`)} </>}
            {one.mayWrite ? (
              party.is === 'organisation' && (
                <button type="button" className="link" onClick={() => write(one.person.id)}>
                  {t('care:checkIn.writeHere')}
                </button>
              )
            ) : (
              <span className="muted" title={one.freeAt ? fullMoment(Date.parse(one.freeAt), place) : undefined}>
                {one.because
                  ? t(`care:refused.${one.because}`, {
                      when: one.freeAt ? shortMoment(Date.parse(one.freeAt), now, place) : '',
                    })
                  : t('care:refused.address')}
              </span>
            )}
          </li>
        ))}
      </ul>
      <Material view={view} />
      {asking === 'touch' && <TouchDialog party={party} checkInId={checkInId} onClose={() => setAsking(null)} />}
      {asking === 'later' && (
        <LaterDialog checkInId={checkInId} name={party.name} onDone={done} onClose={() => setAsking(null)} />
      )}
      {asking === 'skip' && (
        <SkipDialog checkInId={checkInId} name={party.name} onDone={done} onClose={() => setAsking(null)} />
      )}
    </>
  )
}
