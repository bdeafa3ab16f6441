/** Ends the session here and forgets what this tab knew. */
import * as session from '../../contract/session.ts'
import { ask } from '../api.ts'
import { cache } from '../cache.ts'
import { endLive } from '../live.ts'
import { forgetReadings } from '../offline/register.ts'
import { noticeFailure } from '../shell/notices.ts'

export async function signOutHere() {
  try {
    await ask(session.signOut, {})
  } catch (error) {
    return noticeFailure(error)
  }
  endLive()
  cache.clear()
  await forgetReadings()
  location.assign('/sign-in')
}
