/** Pages that are drawn once for everybody who is nobody in particular: kept while the log says that nothing happens (what one may read no more may be led to from any page), and no longer than their times hold. */
import type { Page } from '../page.ts'
import type { Shown } from './site.ts'
import type { Visit } from './visit.ts'

const draw = new Map<string, { until: number; shown: Shown }>()
const mostDrawn = 1000
/** Who is there and by when they answer changes by the minute. */
const keptMs = 30_000

export async function drawn(
  visit: Visit,
  stands: readonly unknown[],
  make: () => Promise<Page>,
  status = 200,
): Promise<Shown> {
  const { house, language, logged, to, whole } = visit
  if (logged === null) return { status, page: await make(), kept: true }
  const around = [logged, language, to(''), whole(''), house.style, house.name, house.portal.foot, visit.around]
  const key = [...stands, ...around].join('\0')
  const before = draw.get(key)
  if (before && before.until > visit.now.getTime() && before.until <= visit.now.getTime() + keptMs) return before.shown
  const shown: Shown = { status, page: await make(), kept: true, drawn: {} }
  draw.delete(key)
  draw.set(key, { until: visit.now.getTime() + keptMs, shown })
  // In the order in which they were drawn: what is over is held no longer.
  for (const [old, { until }] of draw) {
    if (draw.size <= mostDrawn && until > visit.now.getTime()) break
    draw.delete(old)
  }
  return shown
}
