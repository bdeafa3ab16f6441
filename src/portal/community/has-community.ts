/** Whether there is a community to lead to, for the head of every page: known for two seconds, as every page asks. */
import { communityOn } from '../../domain/community/index.ts'
import type { Db } from '../../platform/db/index.ts'

const knownMs = 2000
const known = new WeakMap<Db, { on: Promise<boolean>; until: number }>()

export function hasCommunity(db: Db): Promise<boolean> {
  const now = performance.now()
  const before = known.get(db)
  if (before && before.until > now) return before.on
  const on = communityOn(db)
  known.set(db, { on, until: now + knownMs })
  // What failed is asked again.
  on.catch(() => known.delete(db))
  return on
}
