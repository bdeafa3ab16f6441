/** What pages of keeping in touch ask, and what becomes old when somebody was in touch. */
import * as contract from '../../../contract/care.ts'
import { query, renew } from '../../api.ts'
import { cache } from '../../cache.ts'

export const careQuery = (is: 'person' | 'organisation', id: string) => query(contract.care, { is, id })
export const checkInQuery = (checkInId: string) => query(contract.checkIn, { checkInId })
export const keepersQuery = query(contract.keepers, {})
export const careSettingsQuery = query(contract.careSettings, {})

/** Also what other pages show of a relationship: their timelines, the pond, promises. */
const elsewhere = ['/api/v1/pond', '/api/v1/people', '/api/v1/organisations', '/api/v1/today', '/api/v1/promises']

export function renewCare() {
  renew(cache, contract.care, contract.checkIns, contract.checkIn)
  void cache.invalidateQueries({
    predicate: ({ queryKey: [path] }) => elsewhere.some(each => String(path).startsWith(each)),
  })
}
