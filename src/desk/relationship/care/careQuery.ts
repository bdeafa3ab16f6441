/** What pages of keeping in touch ask, and what becomes old when somebody was in touch. */
import * as contract from '../../../contract/care.ts'
import type { Place } from '../../../ui/index.ts'
import { besides, query, renew } from '../../api.ts'
import { cache } from '../../cache.ts'
import { proposals } from '../../today/times.ts'

export const careQuery = (is: 'person' | 'organisation', id: string) => query(contract.care, { is, id })
export const checkInQuery = (checkInId: string) => query(contract.checkIn, { checkInId })
export const keepersQuery = query(contract.keepers, {})
export const careSettingsQuery = query(contract.careSettings, {})

const mostSoon = 5
/** With whom one wants to be in touch until Monday: asked anew when that moves on, not with every minute. */
export function soonQuery(now: number, place: Place) {
  const until = new Date(proposals(now, place.zone).at(-1)?.at ?? now).toISOString()
  return besides(contract.checkIns, { until, limit: mostSoon })
}

/** Also what other pages show of a relationship: their timelines, the pond, promises. */
const elsewhere = ['/api/v1/pond', '/api/v1/people', '/api/v1/organisations', '/api/v1/today', '/api/v1/promises']

export function renewCare() {
  renew(cache, contract.care, contract.checkIns, contract.checkIn)
  void cache.invalidateQueries({
    predicate: ({ queryKey: [path] }) => elsewhere.some(each => String(path).startsWith(each)),
  })
}
