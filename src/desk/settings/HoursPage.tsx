/** Working calendars: when answers are counted on, in which zone, and which days are free. */
import { IconPlus, IconX } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { calendars, saveCalendar } from '../../contract/teams.ts'
import { Button, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { calendarsQuery } from '../mailboxes/queries.ts'
import { Refused } from '../session/Refused.tsx'
import { zones } from '../session/zones.ts'
import { notice } from '../shell/notices.ts'
import type { Calendar } from './calendar.ts'
import { clockOf, minutesOf } from './durations.ts'
import { Holidays } from './Holidays.tsx'
import { Waits } from './Section.tsx'
import { Subject } from './SettingsPage.tsx'

type Span = Calendar['hours'][number]

export function HoursPage() {
  const asked = useQuery(calendarsQuery)
  return (
    <Subject subject={t('subjects:hours.name')} title={t('settings:calendar.title')} lead={t('settings:calendar.lead')}>
      <Waits asked={asked} />
      {asked.data?.calendars.map(calendar => (
        <CalendarForm key={calendar.id} calendar={calendar} />
      ))}
    </Subject>
  )
}

function CalendarForm({ calendar }: { calendar: Calendar }) {
  const [given, setGiven] = useState(calendar)
  const saving = useMutation({
    mutationFn: ({ id, ...rest }: Calendar) => ask(saveCalendar, { calendarId: id, ...rest }),
    onSuccess: ({ calendar: saved }, wanted) => {
      setGiven(saved)
      notice({
        title: t('desk:button.saved'),
        detail: t('settings:calendar.savedNote'),
        // What is taken back is what stood here when it was saved.
        ...(wanted === calendar ? {} : { onUndo: () => saving.mutate(calendar) }),
      })
      renew(cache, calendars)
    },
  })
  return (
    <form
      className="block"
      onSubmit={event => {
        event.preventDefault()
        saving.mutate(given)
      }}
    >
      <div className="form wide">
        <div className="pair">
          <Field
            label={t('settings:calendar.name')}
            required
            maxLength={100}
            value={given.name}
            onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
          />
          <Choice
            label={t('settings:calendar.zone')}
            value={given.zone}
            onChange={event => setGiven({ ...given, zone: event.currentTarget.value })}
          >
            {zones(given.zone).map(zone => (
              <option key={zone}>{zone}</option>
            ))}
          </Choice>
        </div>
        <Week of={calendar.name} hours={given.hours} change={hours => setGiven({ ...given, hours })} />
        <Holidays holidays={given.holidays} change={holidays => setGiven({ ...given, holidays })} />
        <Refused error={saving.error} title={t('settings:calendar.failed')} />
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending} disabled={given.hours.length === 0}>
            {t('desk:button.save')}
          </Button>
          {given.hours.length === 0 && <span className="small muted">{t('settings:calendar.needsHours')}</span>}
        </p>
      </div>
    </form>
  )
}

type WeekProps = { of: string; hours: Span[]; change: (hours: Span[]) => void }

function Week({ of, hours, change }: WeekProps) {
  const place = usePlace()
  // 5 January 1970 was a Monday.
  const dayName = (weekday: number) =>
    new Intl.DateTimeFormat(place.language, { weekday: 'long', timeZone: 'UTC' }).format((3 + weekday) * 86_400_000)
  const replace = (span: Span, next: Partial<Span> | null) =>
    change(hours.flatMap(one => (one === span ? (next ? [{ ...one, ...next }] : []) : [one])))
  const add = (weekday: number) => {
    const last = hours.filter(span => span.weekday === weekday).at(-1)
    const from = last ? Math.min(last.to + 30, 1380) : 540
    change([...hours, { weekday, from, to: Math.min(from + (last ? 180 : 480), 1440) }])
  }
  return (
    <section className="days" aria-label={t('settings:calendar.week', { name: of })}>
      {[1, 2, 3, 4, 5, 6, 7].map(weekday => {
        const spans = hours.filter(span => span.weekday === weekday)
        return (
          <div className="day" key={weekday}>
            <span className="strong">{dayName(weekday)}</span>
            <div className="spans">
              {spans.map((span, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: spans of a day have no name but their place
                <div className="span" key={at}>
                  <input
                    type="time"
                    className="field"
                    required
                    aria-label={t('settings:calendar.fromOn', { day: dayName(weekday) })}
                    value={clockOf(span.from)}
                    onChange={event => replace(span, { from: minutesOf(event.currentTarget.value) ?? span.from })}
                  />
                  <span className="muted">{t('settings:duty.until')}</span>
                  <input
                    type="time"
                    className="field"
                    required
                    aria-label={t('settings:calendar.toOn', { day: dayName(weekday) })}
                    value={clockOf(span.to)}
                    aria-invalid={span.to <= span.from || undefined}
                    onChange={event => replace(span, { to: minutesOf(event.currentTarget.value) ?? span.to })}
                  />
                  <button
                    type="button"
                    className="icon"
                    aria-label={t('settings:calendar.removeOn', { day: dayName(weekday) })}
                    onClick={() => replace(span, null)}
                  >
                    <IconX size={17} stroke={1.6} aria-hidden="true" />
                  </button>
                  {at === spans.length - 1 && <Plus day={dayName(weekday)} add={() => add(weekday)} />}
                </div>
              ))}
              {spans.length === 0 && (
                <div className="span">
                  <span className="muted free">{t('settings:calendar.free')}</span>
                  <Plus day={dayName(weekday)} add={() => add(weekday)} />
                </div>
              )}
            </div>
          </div>
        )
      })}
    </section>
  )
}

function Plus({ day, add }: { day: string; add: () => void }) {
  const label = t('settings:calendar.addOn', { day })
  return (
    <button type="button" className="icon" aria-label={label} title={label} onClick={add}>
      <IconPlus size={17} stroke={1.6} aria-hidden="true" />
    </button>
  )
}
