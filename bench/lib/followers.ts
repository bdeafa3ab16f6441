/** The process in which the live clients run: connects them, cuts them off at random, and compares what each got with what the log holds. */
import { Follower } from './follower.ts'
import { cookieOf, members } from './seed.ts'

export type Order =
  | { is: 'connect'; address: string; clients: number; epoch: number }
  | { is: 'disturb'; everyMs: number }
  | { is: 'calm' }
  /** What each member should have got, in log order, and when each event was committed (since `epoch`). */
  | { is: 'judge'; expected: number[][]; committed: number[] }

export type Verdict = {
  missed: number
  doubled: number
  outOfOrder: number
  cuts: number
  resets: number
  p50Ms: number
  p99Ms: number
}

const followers: Follower[] = []
let disturbing: NodeJS.Timeout | undefined
let cuts = 0

process.on('message', async (order: Order) => {
  if (order.is === 'connect') await connect(order)
  if (order.is === 'disturb') disturb(order.everyMs)
  if (order.is === 'calm') clearInterval(disturbing)
  process.send!(order.is === 'judge' ? await judge(order.expected, order.committed) : { done: order.is })
  if (order.is === 'judge') process.exit(0)
})

async function connect({ address, clients, epoch }: Extract<Order, { is: 'connect' }>) {
  for (let n = 0; n < clients; n++) followers.push(new Follower(new URL(address), cookieOf(n % members), epoch))
  for (let from = 0; from < clients; from += 50)
    await Promise.all(followers.slice(from, from + 50).map(each => each.connect()))
}

/** Each client is cut off once in `everyMs` on average, and stays away for up to two seconds. */
function disturb(everyMs: number) {
  const tick = 20
  let owed = 0
  disturbing = setInterval(() => {
    for (owed += (followers.length * tick) / everyMs; owed >= 1; owed--) {
      followers[Math.floor(Math.random() * followers.length)]!.cut(Math.random() * 2000)
      cuts++
    }
  }, tick)
}

async function judge(expected: number[][], committed: number[]): Promise<Verdict> {
  // Whoever was away comes back and catches up; who does not within this time has missed something.
  const until = Date.now() + 60_000
  const behind = () => followers.some((each, n) => each.numbers.length < expected[n % members]!.length)
  while (behind() && Date.now() < until) await new Promise(resolve => setTimeout(resolve, 100))
  await new Promise(resolve => setTimeout(resolve, 500))
  const verdict = { missed: 0, doubled: 0, outOfOrder: 0, cuts, resets: 0, p50Ms: 0, p99Ms: 0 }
  const waits: number[] = []
  for (const [n, follower] of followers.entries()) {
    follower.end()
    compare(follower.numbers, expected[n % members]!, verdict)
    verdict.resets += follower.resets
    let at = 0
    for (const [place, number] of follower.numbers.entries()) {
      while ((follower.connections[at + 1]?.from ?? Number.POSITIVE_INFINITY) <= place) at++
      // What was committed while nobody listened waited for the client, not for us.
      const waited = follower.times[place]! - committed[number]!
      if (committed[number]! >= follower.connections[at]!.since) waits.push(waited)
    }
  }
  const sorted = Int32Array.from(waits).sort()
  verdict.p50Ms = sorted[Math.floor(sorted.length * 0.5)] ?? 0
  verdict.p99Ms = sorted[Math.floor(sorted.length * 0.99)] ?? 0
  return verdict
}

/** Events that were not for this client count as doubled: they came once more than they should. */
function compare(got: number[], expected: number[], verdict: Verdict) {
  const place = new Map(expected.map((number, at) => [number, at]))
  const seen = new Set<number>()
  let latest = -1
  for (const number of got) {
    const at = place.get(number)
    if (at === undefined || seen.has(number)) verdict.doubled++
    else if (at < latest) verdict.outOfOrder++
    else latest = at
    seen.add(number)
  }
  for (const number of expected) if (!seen.has(number)) verdict.missed++
}
