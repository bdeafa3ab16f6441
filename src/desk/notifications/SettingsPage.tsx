/** How I am told: a table of what by which way, when mail is gathered, quiet hours, a pause, and the browsers that are pushed to. */
import './settings.css'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Choices, MailWay, NotificationKinds, testNotification, type Ways } from '../../contract/notifications.ts'
import { daysLater, momentOf, wallOf } from '../../contract/wall-clock.ts'
import { Button, Choice, Field, fullMoment, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { clockOf, minutesOf } from '../settings/durations.ts'
import { Radios } from '../settings/Radios.tsx'
import { Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { PushPart } from './PushPart.tsx'
import type { Kind } from './queries.ts'
import { useChoices } from './useChoices.ts'

type Part = { choices: Choices; change: (some: Partial<Choices>) => void }

export function NotificationSettings() {
  const { asked, change } = useChoices()
  const choices = asked.data
  return (
    <Subject
      subject={t('subjects:notifications.name')}
      title={t('subjects:notifications.name')}
      lead={t('notifications:set.lead')}
    >
      <Waits asked={asked} />
      {choices && (
        <>
          <Table choices={choices} change={change} />
          <Gathered choices={choices} change={change} />
          <Quiet choices={choices} change={change} />
          <PushPart />
          <Tests />
        </>
      )}
    </Subject>
  )
}

function Table({ choices, change }: Part) {
  const choose = (kind: Kind, some: Partial<Ways>) =>
    change({ kinds: { ...choices.kinds, [kind]: { ...choices.kinds[kind], ...some } } })
  return (
    <section className="block told-ways">
      <table>
        <caption className="sr">{t('notifications:set.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('notifications:set.what')}</th>
            <th scope="col">{t('notifications:set.inApp')}</th>
            <th scope="col">{t('notifications:set.byMail')}</th>
            <th scope="col">{t('notifications:set.byPush')}</th>
          </tr>
        </thead>
        <tbody>
          {NotificationKinds.map(kind => {
            const name = t(`notifications:set.kind.${kind}`)
            const by = (way: string) => `${name}: ${t(`notifications:set.${way}`)}`
            const ways = choices.kinds[kind]
            return (
              <tr key={kind}>
                <th scope="row">{name}</th>
                <td data-way={t('notifications:set.inApp')}>
                  <input
                    type="checkbox"
                    aria-label={by('inApp')}
                    checked={ways.app}
                    onChange={event => choose(kind, { app: event.currentTarget.checked })}
                  />
                </td>
                <td data-way={t('notifications:set.byMail')}>
                  <select
                    className="field"
                    aria-label={by('byMail')}
                    value={ways.mail}
                    onChange={event => choose(kind, { mail: MailWay.parse(event.currentTarget.value) })}
                  >
                    {MailWay.options.map(way => (
                      <option key={way} value={way}>
                        {t(`notifications:set.mail.${way}`)}
                      </option>
                    ))}
                  </select>
                </td>
                <td data-way={t('notifications:set.byPush')}>
                  <input
                    type="checkbox"
                    aria-label={by('byPush')}
                    checked={ways.push}
                    onChange={event => choose(kind, { push: event.currentTarget.checked })}
                  />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
      <p className="small muted">{t('notifications:set.mailNote')}</p>
    </section>
  )
}

/** A time of the day that counts when it is whole. */
function Minute({ label, value, onChange }: { label: string; value: number; onChange: (minute: number) => void }) {
  return (
    <Field
      label={label}
      type="time"
      required
      value={clockOf(value)}
      onChange={event => {
        const minute = minutesOf(event.currentTarget.value)
        if (minute !== null) onChange(minute)
      }}
    />
  )
}

function Gathered({ choices, change }: Part) {
  const { digest } = choices
  return (
    <section className="block">
      <h2 className="section">{t('notifications:set.gathered')}</h2>
      <div className="form">
        <Radios
          label={t('notifications:set.digest')}
          value={digest.every}
          options={[
            ['day', t('notifications:set.everyDay')],
            ['hour', t('notifications:set.everyHour')],
          ]}
          onChange={every => change({ digest: { ...digest, every } })}
        />
        {digest.every === 'day' && (
          <div className="times">
            <Minute
              label={t('notifications:set.digestAt')}
              value={digest.minute}
              onChange={minute => change({ digest: { ...digest, minute } })}
            />
          </div>
        )}
        <Tick
          toggle
          label={t('notifications:set.words')}
          help={t('notifications:set.wordsHelp')}
          checked={choices.showsWords}
          onChange={event => change({ showsWords: event.currentTarget.checked })}
        />
      </div>
    </section>
  )
}

const evenings = { from: 18 * 60, to: 8 * 60 }

function Quiet({ choices, change }: Part) {
  const { zone, language } = usePlace()
  const { quiet, reachedOn } = choices
  const dayName = (day: number) =>
    new Intl.DateTimeFormat(language, { weekday: 'short', timeZone: 'UTC' }).format(Date.UTC(2024, 0, day))
  return (
    <section className="block">
      <h2 className="section">{t('notifications:set.quiet')}</h2>
      <p className="note muted">{t('notifications:set.quietLead', { zone })}</p>
      <div className="form">
        <Tick
          toggle
          label={t('notifications:set.quietOn')}
          checked={quiet !== null}
          onChange={event => change({ quiet: event.currentTarget.checked ? evenings : null })}
        />
        {quiet && (
          <div className="times">
            <Minute
              label={t('notifications:set.from')}
              value={quiet.from}
              onChange={from => change({ quiet: { ...quiet, from } })}
            />
            <Minute
              label={t('notifications:set.to')}
              value={quiet.to}
              onChange={to => change({ quiet: { ...quiet, to } })}
            />
          </div>
        )}
        <fieldset className="quietdays">
          <legend>{t('notifications:set.days')}</legend>
          <div>
            {[1, 2, 3, 4, 5, 6, 7].map(day => (
              <label key={day}>
                <input
                  type="checkbox"
                  checked={reachedOn.includes(day)}
                  disabled={reachedOn.length === 1 && reachedOn.includes(day)}
                  onChange={event =>
                    change({
                      reachedOn: event.currentTarget.checked
                        ? [...reachedOn, day].sort()
                        : reachedOn.filter(each => each !== day),
                    })
                  }
                />
                {dayName(day)}
              </label>
            ))}
          </div>
          <p className="help">
            {t(reachedOn.length === 1 ? 'notifications:set.oneDay' : 'notifications:set.daysHelp')}
          </p>
        </fieldset>
        <Pause choices={choices} change={change} />
      </div>
    </section>
  )
}

function Pause({ choices, change }: Part) {
  const place = usePlace()
  const until =
    choices.pausedUntil && Date.parse(choices.pausedUntil) > Date.now() ? Date.parse(choices.pausedUntil) : null
  const pause = (name: string) => {
    const now = new Date()
    const wall = wallOf(now, place.zone)
    const morning = (days: number) => momentOf({ ...daysLater(wall, days), hour: 8, minute: 0 }, place.zone)
    const ends = { hour: new Date(now.getTime() + 3_600_000), tomorrow: morning(1), week: morning(7) }[name]
    change({ pausedUntil: ends?.toISOString() ?? null })
  }
  if (until)
    return (
      <div className="paused">
        <p role="status">{t('notifications:set.pauseUntil', { time: fullMoment(until, place) })}</p>
        <Button onClick={() => change({ pausedUntil: null })}>{t('notifications:set.pauseEnd')}</Button>
      </div>
    )
  return (
    <Choice label={t('notifications:set.pause')} value="" onChange={event => pause(event.currentTarget.value)}>
      <option value="">{t('notifications:set.pauseNot')}</option>
      <option value="hour">{t('notifications:set.pauseHour')}</option>
      <option value="tomorrow">{t('notifications:set.pauseTomorrow')}</option>
      <option value="week">{t('notifications:set.pauseWeek')}</option>
    </Choice>
  )
}

const tests = { app: 'testApp', mail: 'testMail', push: 'testPush' } as const

function Tests() {
  const [way, choose] = useState<keyof typeof tests | null>(null)
  const testing = useMutation({
    mutationFn: (by: keyof typeof tests) => ask(testNotification, { way: by }),
    onMutate: choose,
    onSuccess: () => notice({ title: t('notifications:set.tested') }),
    onError: error => noticeFailure(error),
  })
  return (
    <section className="block">
      <h2 className="section">{t('notifications:set.test')}</h2>
      <p className="acts">
        {(['app', 'mail', 'push'] as const).map(by => (
          <Button key={by} busy={testing.isPending && way === by} onClick={() => testing.mutate(by)}>
            {t(`notifications:set.${tests[by]}`)}
          </Button>
        ))}
      </p>
    </section>
  )
}
