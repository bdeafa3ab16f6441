/** Which days a question about Insight is about, how they are gathered, and the same stretch before. Pure. */
import { Temporal } from 'temporal-polyfill'

export type By = 'day' | 'week' | 'month'
export type Period = { from: string; to: string; by: By }
type Asked = { days: string; from?: string | undefined; to?: string | undefined }

/** Ten years: what lies further back is no question anybody asks. */
const longest = 3660

/** What one names oneself goes before a number of days; the wrong way round is turned. */
export function periodOf(asked: Asked, today: string): Period {
  const last = Temporal.PlainDate.from(today)
  if (!asked.from && !asked.to) {
    const from = last.subtract({ days: Number(asked.days) - 1 })
    return { from: `${from}`, to: today, by: byOf(Number(asked.days)) }
  }
  const one = Temporal.PlainDate.from(asked.from ?? asked.to!)
  const other = Temporal.PlainDate.from(asked.to ?? (asked.from! < today ? today : asked.from!))
  const [from, to] = Temporal.PlainDate.compare(one, other) <= 0 ? [one, other] : [other, one]
  const length = Math.min(longest, from.until(to, { largestUnit: 'day' }).days + 1)
  return { from: `${to.subtract({ days: length - 1 })}`, to: `${to}`, by: byOf(length) }
}

const byOf = (days: number): By => (days <= 31 ? 'day' : days <= 400 ? 'week' : 'month')

export function beforeThat({ from, to, by }: Period): Period {
  const first = Temporal.PlainDate.from(from)
  const length = first.until(Temporal.PlainDate.from(to), { largestUnit: 'day' }).days + 1
  return { from: `${first.subtract({ days: length })}`, to: `${first.subtract({ days: 1 })}`, by }
}

/** The first day of what this day is gathered in; never before the period begins. */
export function gatheredAt(day: string, { from, by }: Period): string {
  const date = Temporal.PlainDate.from(day)
  const first =
    by === 'day' ? date : by === 'week' ? date.subtract({ days: date.dayOfWeek - 1 }) : date.with({ day: 1 })
  return `${first}` < from ? from : `${first}`
}

/** Every first day in the period, without gaps. */
export function firstDays(period: Period): string[] {
  const all: string[] = []
  const step = period.by === 'day' ? { days: 1 } : period.by === 'week' ? { weeks: 1 } : { months: 1 }
  let at = Temporal.PlainDate.from(period.from)
  while (`${at}` <= period.to) {
    all.push(`${at}`)
    // From wherever the period begins on to where weeks and months begin.
    at =
      period.by === 'week'
        ? at.add({ days: 8 - at.dayOfWeek })
        : period.by === 'month'
          ? at.with({ day: 1 }).add(step)
          : at.add(step)
  }
  return all
}
