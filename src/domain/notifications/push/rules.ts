/** What follows from a push service's answer (RFC 8030). Pure. */

export type Answered = { status: number; retryAfter: string | undefined } | { status: null }
export type Outcome =
  | { is: 'done' }
  /** this browser takes no more pushes from us: it is forgotten */
  | { is: 'gone' }
  | { is: 'again'; afterMs: number }
  /** trying again would change nothing, or comes too late */
  | { is: 'dropped' }

const second = 1000
/** Between tries; afterwards it is too late. */
const pauses = [30 * second, 120 * second, 600 * second, 3600 * second]

/** `tries` includes the one that just ended. */
export function afterAnswer(answer: Answered, tries: number): Outcome {
  const { status } = answer
  if (status !== null && status >= 200 && status < 300) return { is: 'done' }
  if (status === 404 || status === 410) return { is: 'gone' }
  // 403: subscribed under another key of ours. The browser subscribes anew when its owner comes back.
  if (status === 401 || status === 403) return { is: 'gone' }
  const passing = status === null || status === 408 || status === 429 || status >= 500
  const pause = pauses[tries - 1]
  if (!passing || pause === undefined) return { is: 'dropped' }
  const asked = status === null ? Number.NaN : Number(answer.retryAfter)
  return {
    is: 'again',
    afterMs: Number.isFinite(asked) ? Math.min(3600 * second, Math.max(pause, asked * second)) : pause,
  }
}
