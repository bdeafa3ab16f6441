/** The main thread's work in each frame while something is done on a page, from the browser's own trace: every task between one frame's beginning and the next. */
import type { Browser, CDPSession, Page } from '@playwright/test'

type Traced = {
  name: string
  cat: string
  ph: string
  ts: number
  dur?: number
  /** processor time, where the system tells it of threads */
  tdur?: number
  pid: number
  tid: number
  args?: { name?: string; data?: { frames?: { url?: string; processId?: number }[] } }
}

/** Milliseconds, one of each for a frame that was made: what the main thread worked, and how long that took on a machine it shares. */
export type Frame = { work: number; wall: number }

export async function workPerFrame(page: Page, act: () => Promise<void>): Promise<Frame[]> {
  const browser = page.context().browser() as Browser
  const session = await browser.newBrowserCDPSession()
  const events: Traced[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as Traced[])))
  await session.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: [
        'toplevel',
        'disabled-by-default-devtools.timeline',
        'disabled-by-default-devtools.timeline.frame',
        'devtools.timeline',
        '__metadata',
      ],
    },
  })
  await act()
  await ended(session)
  await session.detach()
  return framesOf(events)
}

async function ended(session: CDPSession) {
  const complete = new Promise<void>(resolve => session.once('Tracing.tracingComplete', () => resolve()))
  await session.send('Tracing.end')
  await complete
}

/** The page's own main thread is the one that begins frames most often. */
function framesOf(events: readonly Traced[]): Frame[] {
  const mains = events.filter(({ name, args }) => name === 'thread_name' && args?.name === 'CrRendererMain')
  const key = ({ pid, tid }: Traced) => `${pid} ${tid}`
  const begun = new Map<string, number[]>(mains.map(main => [key(main), []]))
  // Every frame of a picture that moves runs a callback of its own; where the beginning itself is not traced that marks it.
  const mark = events.some(({ name }) => name === 'BeginMainThreadFrame')
    ? 'BeginMainThreadFrame'
    : 'FireAnimationFrame'
  for (const event of events) if (event.name === mark) begun.get(key(event))?.push(event.ts)
  const [thread, starts] = [...begun].sort((a, b) => b[1].length - a[1].length)[0] ?? ['', []]
  if (starts.length < 20)
    throw new Error(`the trace holds ${starts.length} frames among ${events.length} events: ${commonest(events)}`)
  starts.sort((a, b) => a - b)
  const tasks = events
    .filter(event => /RunTask/.test(event.name) && event.ph === 'X' && event.dur !== undefined && key(event) === thread)
    .sort((a, b) => a.ts - b.ts || b.dur! - a.dur!)
  const frames = starts.map((): Frame => ({ work: 0, wall: 0 }))
  let at = 0
  let until = 0
  for (const task of tasks) {
    while (at + 1 < starts.length && starts[at + 1]! <= task.ts + task.dur! / 2) at++
    // A task within another one is counted with it.
    const from = Math.max(task.ts, until)
    const to = task.ts + task.dur!
    if (to <= from || task.ts + task.dur! < (starts[0] ?? 0)) continue
    const frame = frames[at]!
    frame.wall += (to - from) / 1000
    if (from === task.ts) frame.work += (task.tdur ?? task.dur!) / 1000
    until = to
  }
  return frames.slice(0, -1)
}

function commonest(events: readonly Traced[]): string {
  const counts = new Map<string, number>()
  for (const { name } of events) counts.set(name, (counts.get(name) ?? 0) + 1)
  return [...counts]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 30)
    .map(([name, n]) => `${name} ${n}`)
    .join(', ')
}
