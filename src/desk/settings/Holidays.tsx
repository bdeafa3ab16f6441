/** Free days of a calendar, in order. */
import { IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Button, Field, longDay, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import type { Calendar } from './calendar.ts'

type Days = Calendar['holidays']

export function Holidays({ holidays, change }: { holidays: Days; change: (holidays: Days) => void }) {
  const place = usePlace()
  const [day, setDay] = useState('')
  const [name, setName] = useState('')
  const add = () => {
    if (!day) return
    change(
      [...holidays.filter(one => one.day !== day), { day, name: name.trim() }].sort((a, b) =>
        a.day.localeCompare(b.day),
      ),
    )
    setDay('')
    setName('')
  }
  return (
    <section>
      <h2 className="section">{t('settings:calendar.holidays')}</h2>
      <ul className="ledge" data-plain>
        {holidays.map(holiday => (
          <li key={holiday.day}>
            <p>
              {longDay(Date.parse(`${holiday.day}T12:00:00Z`), { ...place, zone: 'UTC' })} {holiday.day.slice(0, 4)}{' '}
              <span className="muted">{holiday.name}</span>
            </p>
            <button
              type="button"
              className="icon"
              aria-label={t('settings:calendar.removeHoliday', { day: holiday.day })}
              onClick={() => change(holidays.filter(one => one !== holiday))}
            >
              <IconX size={17} stroke={1.6} aria-hidden="true" />
            </button>
          </li>
        ))}
      </ul>
      <div className="trio ends">
        <Field
          label={t('settings:calendar.day')}
          type="date"
          value={day}
          onChange={event => setDay(event.currentTarget.value)}
        />
        <Field
          label={t('settings:calendar.dayName')}
          maxLength={100}
          value={name}
          onChange={event => setName(event.currentTarget.value)}
        />
        <Button disabled={!day} onClick={add}>
          {t('settings:calendar.addHoliday')}
        </Button>
      </div>
    </section>
  )
}
