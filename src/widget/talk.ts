/**
 * One conversation as this browser knows it: lines in their order, each once; words that are on their way, in theirs. Resumes after
 * the last line it has, sends again until it is told that a word has arrived, and loses nothing between the two.
 */
import type { ChatFrame, ChatLine, ChatStanding } from '../contract/chat.ts'
import { given, identityOfPage } from './given.ts'
import { flag, keep, kept, newId, newToken, type Unsent } from './kept.ts'
import { asJson, ask, fetchFrom, Trouble } from './server.ts'

/** The server says every ten seconds that it is there. */
const silentMs = 30_000

export function createTalk(changed: () => void) {
  const talk = {
    conversationId: null as string | null,
    lines: [] as ChatLine[],
    standing: null as ChatStanding | null,
    unsent: kept().unsent ?? [],
    up: true,
    trouble: null as Trouble | null,
    /** the last line that was seen by somebody looking at it */
    seen: 0,
  }
  let streaming: AbortController | null = null
  let sending = false
  let doing: 'reading' | 'writing' = 'reading'
  let told = ''
  let telling: ReturnType<typeof setTimeout> | undefined

  const token = () => kept().token
  const identity = () => (flag('not-me') ? undefined : identityOfPage())
  const last = () => talk.lines.at(-1)?.seq ?? 0

  function take(line: ChatLine) {
    if (line.seq <= last()) return
    talk.lines.push(line)
    if (line.id && talk.unsent.some(each => each.id === line.id)) forgetUnsent(line.id)
  }

  function forgetUnsent(id: string) {
    talk.unsent = talk.unsent.filter(each => each.id !== id)
    keep({ unsent: talk.unsent })
  }

  function open(conversationId: string) {
    if (talk.conversationId === conversationId && streaming) return
    if (talk.conversationId !== conversationId)
      Object.assign(talk, { conversationId, lines: [], standing: null, seen: 0 })
    streaming?.abort()
    streaming = new AbortController()
    void stream(streaming)
  }

  async function stream(own: AbortController) {
    let tries = 0
    while (!own.signal.aborted) {
      const turn = new AbortController()
      const end = () => turn.abort()
      own.signal.addEventListener('abort', end)
      let alarm = setTimeout(end, silentMs)
      try {
        const body = { token: token(), conversationId: talk.conversationId, after: last() }
        const response = await fetchFrom('stream', asJson(body, { signal: turn.signal }))
        const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
        up(true)
        let rest = ''
        for (;;) {
          const { value, done } = await reader.read()
          clearTimeout(alarm)
          alarm = setTimeout(end, silentMs)
          if (done) break
          tries = 0
          const parts = (rest + value).split('\n')
          rest = parts.pop()!
          for (const part of parts) if (part) hear(JSON.parse(part) as ChatFrame)
        }
      } catch (error) {
        if (own.signal.aborted) return
        if (error instanceof Trouble && [401, 403, 404].includes(error.status)) return over(error)
        if (++tries > 1) up(false)
      } finally {
        clearTimeout(alarm)
      }
      if (!own.signal.aborted) await rest(tries)
    }
  }

  function hear(frame: ChatFrame) {
    if ('line' in frame) take(frame.line)
    else talk.standing = frame.standing
    changed()
  }

  function up(is: boolean) {
    if (is) void sendOn()
    if (talk.up === is) return
    talk.up = is
    changed()
  }

  /** Nobody knows this browser any more: what is written now begins anew. */
  function over(error: Trouble) {
    streaming?.abort()
    streaming = null
    if (error.status === 401) keep({ token: undefined as never })
    Object.assign(talk, { conversationId: null, lines: [], standing: null })
    changed()
  }

  function say(text: string, files: string[] = []) {
    const word: Unsent = { id: newId(), text, ...(files.length > 0 ? { files } : {}) }
    talk.unsent.push(word)
    keep({ unsent: talk.unsent })
    changed()
    doing = 'reading'
    clearTimeout(idle)
    tellSoon()
    return sendOn()
  }

  /** One after the other, so that they arrive in their order. */
  async function sendOn(): Promise<void> {
    if (sending) return
    sending = true
    let tries = 0
    while (talk.unsent.length > 0) {
      const word = talk.unsent[0]!
      try {
        await sendOne(word)
        tries = 0
        talk.trouble = null
        talk.up = true
        // Until its line comes it stands where it was written.
        if (talk.unsent[0] === word) {
          talk.unsent.shift()
          keep({ unsent: talk.unsent })
        }
      } catch (error) {
        const trouble = error instanceof Trouble ? error : new Trouble(500, 'broken')
        if (trouble.status === 401 && tries++ < 2) {
          over(trouble)
          continue
        }
        if (trouble.status === 0 || trouble.status >= 500) {
          if (tries > 0) up(false)
          await rest(++tries)
          continue
        }
        talk.trouble = trouble
        if (trouble.status === 429 && tries++ < 5) {
          changed()
          await rest(0, Math.min(trouble.seconds, 60) * 1000)
          continue
        }
        // It can't be said: it goes back to whoever wrote it.
        forgetUnsent(word.id)
        keep({ draft: word.text })
        break
      }
    }
    sending = false
    changed()
  }

  async function sendOne(word: Unsent) {
    if (!token()) keep({ token: newToken() })
    const body = {
      ...{ token: token(), identity: identity(), conversationId: talk.conversationId },
      ...{ messageId: word.id, text: word.text, files: word.files ?? [] },
      ...{ language: given.language, zone: Intl.DateTimeFormat().resolvedOptions().timeZone },
    }
    const said = await ask<{ conversationId: string; seq: number; at: string }>('say', body)
    if (talk.conversationId !== said.conversationId || !streaming) open(said.conversationId)
    const line: ChatLine = {
      ...{ seq: said.seq, is: 'message', id: word.id, ours: false, by: '', at: said.at, text: word.text },
      ...{ mail: false, files: [] },
    }
    // Only as the next one: what came between is on its way.
    if (said.seq === last() + 1 && !word.files) take(line)
  }

  function saw(visible: boolean) {
    if (!visible || !talk.conversationId) return
    talk.seen = Math.max(talk.seen, last())
    tellSoon()
  }

  function write() {
    if (doing !== 'writing') {
      doing = 'writing'
      tellSoon(0)
    }
    clearTimeout(idle)
    idle = setTimeout(() => {
      doing = 'reading'
      tellSoon(0)
    }, 4000)
  }
  let idle: ReturnType<typeof setTimeout> | undefined

  function tellSoon(ms = 900) {
    clearTimeout(telling)
    telling = setTimeout(() => {
      const body = { token: token(), conversationId: talk.conversationId, doing, seen: talk.seen }
      const text = JSON.stringify(body)
      if (text === told || !token() || !talk.conversationId) return
      told = text
      ask('here', body).catch(() => {
        told = ''
      })
    }, ms)
  }

  /** The page closes: whoever reloads is back in a moment, everybody else has left. */
  addEventListener('pagehide', () => {
    if (!streaming || !token()) return
    const body = { token: token(), conversationId: talk.conversationId, doing: 'gone', seen: talk.seen }
    ask('here', body, { keepalive: true }).catch(() => {})
  })

  let wake = () => {}
  const rest = (tries: number, ms = Math.min(400 * 2 ** tries, 15_000)) =>
    new Promise<void>(done => {
      const timer = setTimeout(done, ms)
      wake = () => {
        clearTimeout(timer)
        done()
      }
    })
  addEventListener('online', () => wake())

  return {
    talk,
    open,
    say,
    saw,
    write,
    sendOn,
    identity,
    token,
    leave() {
      streaming?.abort()
      streaming = null
      Object.assign(talk, { conversationId: null, lines: [], standing: null, seen: 0 })
    },
  }
}
