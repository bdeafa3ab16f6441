/** After somebody is signed in: what was asked for before, or Today. */
import type { Me } from '../../contract/session.ts'
import { cache } from '../cache.ts'
import { rememberHere } from './last.ts'
import { meQuery } from './me.ts'

export function enter(me: Me) {
  cache.clear()
  cache.setQueryData(meQuery.queryKey, me)
  rememberHere(me)
}
