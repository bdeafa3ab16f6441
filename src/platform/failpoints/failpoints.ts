/**
 * Named moments at which a test ends, breaks or stops this process. Does nothing unless NODE_ENV is `test` and
 * POND_FAILPOINT names one: `fetched=kill`, or `intake statement=throw@7` for the seventh time it is passed.
 */

/** Every one of them, in the order in which a mail passes them: each await between fetching a mail and flagging it lies between two. */
export const failpoints = [
  'fetched',
  'before taking in',
  'intake read',
  'intake files kept',
  'intake statement',
  'intake committed',
  'after taking in',
  'before flagging',
  'after flagging',
] as const

type Armed = { name: string; kind: 'kill' | 'throw' | 'hang' | 'count'; nth: number }

const armed = arm(process.env)
let passed = 0

export const failpointsArmed = armed !== null

export async function failpoint(name: string): Promise<void> {
  if (armed === null || name !== armed.name) return
  passed++
  if (armed.kind === 'count' || passed !== armed.nth) return
  if (armed.kind === 'throw') throw new Error(`the failpoint "${name}" was reached`)
  if (armed.kind === 'kill') process.kill(process.pid, 'SIGKILL')
  // A killed process still runs for a moment: nothing may go on.
  process.send?.({ reached: name })
  await new Promise(() => {})
}

/** How often the armed one was passed. */
export function timesPassed(): number {
  return passed
}

function arm(env: NodeJS.ProcessEnv): Armed | null {
  const found = /^([a-z ]+)=(kill|throw|hang|count)(?:@(\d+))?$/.exec(env.POND_FAILPOINT ?? '')
  if (env.NODE_ENV !== 'test' || !found) return null
  return { name: found[1]!, kind: found[2] as Armed['kind'], nth: Number(found[3] ?? 1) }
}
