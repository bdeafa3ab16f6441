/** A month to pick a day from, and the clock time on it. Loaded only when somebody chooses a time. */
import '@mantine/dates/styles.layer.css'
import { DatePicker, DatesProvider } from '@mantine/dates'
import { useId } from 'react'
import { wallOf } from '../../contract/wall-clock.ts'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

type Props = {
  value: string | null
  onDay: (year: number, month: number, day: number) => void
  onClock: (hour: number, minute: number) => void
}
const two = (n: number) => String(n).padStart(2, '0')

export default function Calendar({ value, onDay, onClock }: Props) {
  const place = usePlace()
  const id = useId()
  const wall = value ? wallOf(new Date(value), place.zone) : null
  const today = wallOf(new Date(), place.zone)
  const day = wall ? `${wall.year}-${two(wall.month)}-${two(wall.day)}` : null
  return (
    <div className="calendar">
      <DatesProvider settings={{ firstDayOfWeek: 1 }}>
        <DatePicker
          size="xs"
          value={day}
          minDate={`${today.year}-${two(today.month)}-${two(today.day)}`}
          onChange={picked => {
            const [year, month, date] = (picked ?? '').split('-').map(Number)
            if (year && month && date) onDay(year, month, date)
          }}
          ariaLabels={{ nextMonth: t('compose:when.nextMonth'), previousMonth: t('compose:when.previousMonth') }}
        />
      </DatesProvider>
      <div className="clock">
        <label htmlFor={id} className="section">
          {t('compose:when.clock')}
        </label>
        <input
          id={id}
          type="time"
          className="field"
          value={wall ? `${two(wall.hour)}:${two(wall.minute)}` : ''}
          onChange={event => {
            const [hour, minute] = event.target.value.split(':').map(Number)
            if (hour !== undefined && minute !== undefined && !Number.isNaN(hour)) onClock(hour, minute)
          }}
        />
        <p className="small muted">{place.zone.replaceAll('_', ' ')}</p>
      </div>
    </div>
  )
}
