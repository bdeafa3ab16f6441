/** The time edge of a mail's row. */
import { fullMoment, relative, shortMoment, useNow, usePlace } from '../../ui/index.ts'

export function When({ at, note }: { at: string; note?: string }) {
  const now = useNow()
  const place = usePlace()
  const moment = Date.parse(at)
  return (
    <span className="when" title={fullMoment(moment, place)}>
      <time dateTime={at}>{shortMoment(moment, now, place)}</time>
      <span>{note ?? relative(moment, now)}</span>
    </span>
  )
}
