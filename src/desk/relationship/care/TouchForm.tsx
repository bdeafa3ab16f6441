/** A call, a visit or a meeting, written down in seconds: whom, when, a few words, and what was promised in it. */
import './care.css'
import '../../../words/care.ts'
import { IconCoffee, IconPhone, IconUsers } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { noteTouch, type PartyName, takeTouchBack } from '../../../contract/care.ts'
import { Area, Button, Field, usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { ask, Problem } from '../../api.ts'
import { Refused } from '../../session/Refused.tsx'
import { notice, noticeFailure } from '../../shell/notices.ts'
import { fromWall, toWall } from '../../today/times.ts'
import { renewCare } from './careQuery.ts'
import { PartyField } from './PartyField.tsx'
import { type Said, SaidPromises, saidOf } from './SaidPromises.tsx'

const kinds = ['call', 'visit', 'meeting'] as const
const icons = { call: IconPhone, visit: IconCoffee, meeting: IconUsers }

type Props = {
  /** known already: no field for it */
  party?: PartyName | undefined
  /** of the organisation it is with, where that is known */
  checkInId?: string | undefined
  onDone: () => void
  onCancel?: () => void
}

export function TouchForm({ party: given, checkInId, onDone, onCancel }: Props) {
  const place = usePlace()
  const [party, setParty] = useState<PartyName | null>(given ?? null)
  const [kind, setKind] = useState<(typeof kinds)[number]>('call')
  // Left alone it is this very moment, and not the minute that began before it.
  const [opened] = useState(() => toWall(Date.now(), place.zone))
  const [typed, setWall] = useState<string | null>(null)
  const wall = typed ?? opened
  const [minutes, setMinutes] = useState('')
  const [words, setWords] = useState('')
  const [said, setSaid] = useState<Said[]>([])
  const [missing, setMissing] = useState(false)
  const saving = useMutation({
    mutationFn: (who: PartyName) =>
      ask(noteTouch, {
        personId: who.is === 'person' ? who.id : null,
        organisationId: who.is === 'organisation' ? who.id : null,
        kind,
        at: new Date(Math.min((typed && fromWall(typed, place.zone)) || Date.now(), Date.now())).toISOString(),
        minutes: minutes.trim() ? Math.round(Number(minutes)) : null,
        words,
        promises: saidOf(said),
        checkInId: checkInId ?? null,
      }),
    onSuccess: ({ touchId }, who) => {
      renewCare()
      const takeBack = () => void ask(takeTouchBack, { touchId }).then(renewCare, noticeFailure)
      notice({ tone: 'kept', title: t(`care:touch.noted.${kind}`, { name: who.name }), onUndo: takeBack })
      onDone()
    },
  })
  const about = (path: string) => (saving.error instanceof Problem ? saving.error.about(path) : undefined)
  const save = (event: FormEvent) => {
    event.preventDefault()
    setMissing(party === null)
    if (party) saving.mutate(party)
  }
  return (
    <form className="form touchform" onSubmit={save} noValidate>
      <Refused error={saving.error} title={t('care:touch.failed')} safe={t('care:touch.safe')} />
      {given ? null : (
        <PartyField
          label={t('care:touch.who')}
          value={party}
          error={missing && party === null ? t('care:touch.whoMissing') : undefined}
          onChange={setParty}
        />
      )}
      <fieldset className="touchkinds">
        <legend className="sr">{t('care:touch.kinds')}</legend>
        {kinds.map(one => {
          const Icon = icons[one]
          return (
            <button key={one} type="button" className="choice" aria-pressed={kind === one} onClick={() => setKind(one)}>
              <Icon size={16} stroke={1.6} aria-hidden="true" /> {t(`care:kind.${one}`)}
            </button>
          )
        })}
      </fieldset>
      <div className="pair">
        <Field
          label={t('care:touch.when')}
          type="datetime-local"
          value={wall}
          max={toWall(Date.now(), place.zone)}
          error={about('at') ? t('care:touch.ahead') : undefined}
          onChange={event => setWall(event.currentTarget.value)}
        />
        <Field
          label={t('care:touch.howLong')}
          type="number"
          inputMode="numeric"
          min={1}
          max={1440}
          value={minutes}
          error={about('minutes') ? t('care:touch.minutesWrong') : undefined}
          onChange={event => setMinutes(event.currentTarget.value)}
        />
      </div>
      <Area
        label={t('care:touch.words')}
        dir="auto"
        maxLength={20_000}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
      />
      <SaidPromises said={said} theirs={party?.is === 'person'} error={about('promises')} onChange={setSaid} />
      <div className="acts">
        <Button kind="primary" submit busy={saving.isPending}>
          {t('care:touch.save')}
        </Button>
        {onCancel && (
          <Button kind="quiet" onClick={onCancel}>
            {t('desk:button.cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}
