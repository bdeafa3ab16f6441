/** A moment: short in the text, whole on hover and, after a tap or Enter, in its place. Never shows a time without its zone being reachable. */
import { useState } from 'react'
import { fullMoment, relative, shortMoment } from './moments.ts'
import { useNow } from './now.ts'
import { usePlace } from './zone.ts'

type Shown = 'short' | 'relative' | 'both'

export function Time({ at, shown = 'both', className }: { at: string; shown?: Shown; className?: string }) {
  const now = useNow()
  const place = usePlace()
  const [whole, setWhole] = useState(false)
  const moment = Date.parse(at)
  const short = shortMoment(moment, now, place)
  const full = fullMoment(moment, place)
  const comma = place.language.startsWith('ar') ? '،' : ','
  const words = { short, relative: relative(moment, now), both: `${short}${comma} ${relative(moment, now)}` }[shown]
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a convenience for touch; the whole moment is in the title as well
    <time dateTime={at} title={full} className={className} onClick={() => setWhole(before => !before)}>
      {whole ? full : words}
    </time>
  )
}
