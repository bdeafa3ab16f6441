/** From one day to another, as lists are narrowed by it; both stand in the address, and both are whole days where one is. */
import { Field } from '../../ui/index.ts'
import { fromWall } from '../today/times.ts'

export type Days = { from?: string | undefined; to?: string | undefined }
type Props = Days & { words: { from: string; to: string }; onChange: (change: Days) => void }

export function Period({ from, to, words, onChange }: Props) {
  return (
    <>
      <Field
        label={words.from}
        type="date"
        value={from ?? ''}
        onChange={event => onChange({ from: event.currentTarget.value })}
      />
      <Field
        label={words.to}
        type="date"
        value={to ?? ''}
        onChange={event => onChange({ to: event.currentTarget.value })}
      />
    </>
  )
}

/** The moments these days begin and end; what names no day is left out. */
export function momentsOf({ from, to }: Days, zone: string): { from?: string; to?: string } {
  // The day after, and not a day of 24 hours later: where clocks change a day has 23 or 25.
  const midnight = (day: string | undefined, daysOn: number) => {
    const noon = day ? Date.parse(`${day}T12:00Z`) : Number.NaN
    if (Number.isNaN(noon)) return undefined
    const at = fromWall(`${new Date(noon + daysOn * 86_400_000).toISOString().slice(0, 10)}T00:00`, zone)
    return at === null ? undefined : new Date(at).toISOString()
  }
  const [begins, ends] = [midnight(from, 0), midnight(to, 1)]
  return { ...(begins ? { from: begins } : {}), ...(ends ? { to: ends } : {}) }
}

/** An address without what is not chosen. */
export function chosenOnly<T extends object>(search: T): T {
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value)) as T
}
