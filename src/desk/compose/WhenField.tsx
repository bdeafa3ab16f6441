/** A time to promise: shown as words, changed by typing, by a likely time, or in a calendar. Never takes a time it could not read. */
import '@mantine/core/styles/Popover.layer.css'
import './compose.css'
import { Popover } from '@mantine/core'
import { IconChevronDown } from '@tabler/icons-react'
import { lazy, Suspense, useId, useRef, useState } from 'react'
import { momentOf, wallOf } from '../../contract/wall-clock.ts'
import { fullMoment, useNow, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { whenTyped } from './whenTyped.ts'
import { likelyTimes, typedWords, whenWords } from './whenWords.ts'

const Calendar = lazy(() => import('./Calendar.tsx'))

type Props = {
  value: string | null
  label: string
  onChange: (at: string) => void
  /** in a form of its own the field stands open instead of behind its words */
  open?: boolean
}

export function WhenField({ value, label, onChange, open }: Props) {
  const place = usePlace()
  const [opened, setOpened] = useState(false)
  if (open) return <Chooser value={value} label={label} onChange={onChange} />
  return (
    <Popover
      opened={opened}
      onChange={setOpened}
      position="top-start"
      shadow="md"
      trapFocus
      returnFocus
      transitionProps={{ duration: 110 }}
      withinPortal
    >
      <Popover.Target>
        <button
          type="button"
          className="tm"
          aria-label={`${label} ${value ? whenWords(value, place) : ''}`}
          title={value ? fullMoment(Date.parse(value), place) : undefined}
          onClick={() => setOpened(before => !before)}
        >
          {value ? whenWords(value, place) : t('compose:when.choose')}
          <IconChevronDown size={15} stroke={1.6} aria-hidden="true" />
        </button>
      </Popover.Target>
      <Popover.Dropdown
        className="whenpop"
        aria-label={label}
        onKeyDown={event => event.key !== 'Escape' && event.stopPropagation()}
      >
        <Chooser value={value} label={label} onChange={onChange} onDone={() => setOpened(false)} />
      </Popover.Dropdown>
    </Popover>
  )
}

function Chooser({ value, label, onChange, onDone }: Props & { onDone?: () => void }) {
  const place = usePlace()
  const now = new Date(useNow())
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  const current = value ? wallOf(new Date(value), place.zone) : null
  const usual = current ?? { hour: 17, minute: 0 }
  const read = typed.trim()
    ? whenTyped(typed, { now, zone: place.zone, language: place.language, words: typedWords(), usual })
    : null
  const past = read !== null && read <= now
  const take = (at: string) => {
    onChange(at)
    setTyped('')
    onDone?.()
  }
  const calendar = (
    <Suspense fallback={<div className="calendarspace" />}>
      <Calendar
        value={value}
        onDay={(year, month, day) => {
          const { hour, minute } = usual
          onChange(momentOf({ year, month, day, hour, minute }, place.zone).toISOString())
        }}
        onClock={(hour, minute) => {
          const wall = current ?? wallOf(now, place.zone)
          onChange(momentOf({ ...wall, hour, minute }, place.zone).toISOString())
        }}
      />
    </Suspense>
  )
  return (
    <div className="whenfield">
      <label htmlFor={id} className="section">
        {label}
      </label>
      <input
        id={id}
        ref={input}
        data-autofocus
        className="field"
        autoComplete="off"
        value={typed}
        placeholder={value ? whenWords(value, place) : t('compose:when.example')}
        aria-describedby={`${id}-read`}
        onChange={event => {
          setTyped(event.target.value)
        }}
        onKeyDown={event => {
          if (event.key !== 'Enter') return
          event.preventDefault()
          if (read && !past) take(read.toISOString())
          else if (!typed.trim()) onDone?.()
        }}
        onBlur={() => {
          if (!onDone && read && !past) take(read.toISOString())
        }}
      />
      <p id={`${id}-read`} className="small muted" role="status">
        {read ? (
          past ? (
            t('compose:when.past')
          ) : (
            <button type="button" className="link" onClick={() => take(read.toISOString())}>
              {fullMoment(read.getTime(), place)}
            </button>
          )
        ) : typed.trim() ? (
          t('compose:when.unread')
        ) : value && !onDone ? (
          fullMoment(Date.parse(value), place)
        ) : (
          t('compose:when.help')
        )}
      </p>
      <ul className="likely small">
        {likelyTimes(now, place.zone).map(({ key, at }) => (
          <li key={key}>
            <button type="button" onClick={() => take(at)}>
              {t(`compose:likely.${key}`)} <span className="muted">{whenWords(at, place)}</span>
            </button>
          </li>
        ))}
      </ul>
      {onDone ? (
        calendar
      ) : (
        <details className="small">
          <summary>{t('compose:when.calendar')}</summary>
          {calendar}
        </details>
      )}
    </div>
  )
}
