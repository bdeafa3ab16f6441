/** One live client: follows the stream over HTTP, is cut off at random, and resumes from the last event it got whole. Keeps what it got, in order. */
import { type ClientRequest, request } from 'node:http'

export type Got = { n: number; position: string }

/** Clients get the same bytes at the same moment: what was read once needs no second reading. */
const lately: { bytes: Buffer; got: Got[] }[] = []

export class Follower {
  /** Numbers of events in the order in which they came, and when (milliseconds since `epoch`). */
  readonly numbers: number[] = []
  readonly times: number[] = []
  /** From which place in `numbers` on a connection was open since when. */
  readonly connections: { from: number; since: number }[] = []
  resets = 0
  private lastId: string | null = null
  private open: ClientRequest | null = null
  private rest = ''
  private readonly address: URL
  private readonly cookie: string
  private readonly epoch: number
  private ended = false

  constructor(address: URL, cookie: string, epoch: number) {
    this.address = address
    this.cookie = cookie
    this.epoch = epoch
  }

  /** Resolves when the first connection follows. */
  connect(): Promise<void> {
    return new Promise(ready => {
      this.rest = ''
      const { hostname, port } = this.address
      const headers = {
        cookie: this.cookie,
        accept: 'text/event-stream',
        ...(this.lastId ? { 'last-event-id': this.lastId } : {}),
      }
      const asked = request({ agent: false, hostname, port, path: '/api/v1/live', headers }, answer => {
        if (answer.statusCode !== 200) throw new Error(`live updates answered ${answer.statusCode}`)
        answer.on('data', (bytes: Buffer) => {
          if (asked === this.open) this.take(bytes, ready)
        })
        // The server may let a client go that reads too slowly: it comes back like any other.
        answer.on('close', () => asked === this.open && this.comeBack(100))
      })
      asked.on('error', () => asked === this.open && this.comeBack(100))
      asked.end()
      this.open = asked
    })
  }

  /** Cut off in the middle of whatever was on its way. */
  cut(awayMs: number) {
    if (!this.open || this.ended) return
    const gone = this.open
    this.open = null
    gone.destroy()
    this.comeBack(awayMs)
  }

  private comeBack(afterMs: number) {
    this.open = null
    if (!this.ended) setTimeout(() => void this.connect(), afterMs)
  }

  end() {
    this.ended = true
    this.open?.destroy()
  }

  private take(bytes: Buffer, ready: () => void) {
    const now = Date.now() - this.epoch
    if (this.rest === '') {
      const known = lately.find(each => each.bytes.length === bytes.length && each.bytes.equals(bytes))
      if (known) return this.keep(known.got, now)
    }
    const text = this.rest + bytes.toString('latin1')
    const end = text.lastIndexOf('\n\n')
    const whole = end < 0 ? '' : text.slice(0, end + 2)
    const clean = this.rest === '' && end === text.length - 2
    this.rest = end < 0 ? text : text.slice(end + 2)
    if (/^event: (ready|reset)$/m.test(whole)) {
      this.lastId = /^id: (\S+)$/m.exec(whole)?.[1] ?? this.lastId
      if (whole.includes('event: reset')) this.resets++
      this.connections.push({ from: this.numbers.length, since: now })
      ready()
    }
    const got = read(whole)
    if (clean && got.length > 0) {
      lately.unshift({ bytes: Buffer.from(bytes), got })
      lately.length = Math.min(lately.length, 12)
    }
    this.keep(got, now)
  }

  private keep(got: readonly Got[], now: number) {
    for (const { n } of got) {
      this.numbers.push(n)
      this.times.push(now)
    }
    const last = got.at(-1)
    if (last) this.lastId = last.position
  }
}

function read(frames: string): Got[] {
  const got: Got[] = []
  for (const found of frames.matchAll(/^event: happened\nid: (\S+)\ndata: .*?"n":(\d+)/gm))
    got.push({ position: found[1]!, n: Number(found[2]) })
  return got
}
