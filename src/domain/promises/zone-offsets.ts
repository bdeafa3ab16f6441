/** How far a zone's clocks stand from UTC at a moment, and until when that holds. Asks Temporal once per zone and year; everything after is arithmetic. */
import { Temporal } from 'temporal-polyfill'

/** Milliseconds; the offset holds from `from` until `until`. */
export type Span = { from: number; until: number; offset: number }

const known = new Map<string, Span[]>()
const most = 4000

export function spanAt(zone: string, at: number): Span {
  const spans = spansOf(zone, new Date(at).getUTCFullYear())
  let [low, high] = [0, spans.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (spans[middle]!.from <= at) low = middle
    else high = middle - 1
  }
  return spans[low]!
}

/** The spans of one year of UTC, which they fill without a gap. */
function spansOf(zone: string, year: number): Span[] {
  const key = `${zone} ${year}`
  const before = known.get(key)
  if (before) return before
  const [begin, end] = [Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1)]
  const spans: Span[] = []
  let moment = Temporal.Instant.fromEpochMilliseconds(begin).toZonedDateTimeISO(zone)
  while (true) {
    const next = moment.getTimeZoneTransition('next')
    const until = Math.min(end, next?.epochMilliseconds ?? end)
    spans.push({ from: moment.epochMilliseconds, until, offset: moment.offsetNanoseconds / 1e6 })
    if (!next || until === end) break
    moment = next
  }
  if (known.size >= most) known.clear()
  known.set(key, spans)
  return spans
}
