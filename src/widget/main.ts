/**
 * The chat widget: a pill with words on somebody's page, and behind it a person in one step. Asks nothing of the desk until it is
 * opened, opens by nobody but the visitor, and takes nothing from the page it stands on.
 */
import type { z } from 'zod'
import type { chatHello } from '../contract/chat.ts'
import { now as atDesk, setBy } from './clock.ts'
import { composer } from './composer.ts'
import { h, icon } from './dom.ts'
import { download, upload } from './files.ts'
import { finder } from './finder.ts'
import { given, key, say } from './given.ts'
import { flag, keep, kept, newToken } from './kept.ts'
import { inMinutes, listed, moment } from './moments.ts'
import { ask, Trouble } from './server.ts'
import { createStream } from './stream.ts'
import { dress } from './style.ts'
import { createTalk } from './talk.ts'
import { first, link, promiseOf } from './view.ts'
import { createWhere } from './where.ts'

type Hello = z.output<(typeof chatHello)['output']>
/** What the script said of who is there is true for so long. */
const faceMs = 5 * 60_000

function begin() {
  const host = document.createElement('pond-chat')
  const shadow = host.attachShadow({ mode: 'open' })
  dress(shadow)
  const root = h('div', { class: 'pw', lang: given.language, dir: given.direction })
  shadow.append(root)
  document.body.append(host)

  let hello: Hello | null = null
  let box: HTMLElement | null = null
  let showing: 'start' | 'talk' | null = null
  const session = createTalk(() => draw())
  const { talk } = session
  const known = () => Boolean(hello?.person)
  const { log, draw: drawLines } = createStream(talk, file =>
    download(file, session.token()).catch(() => trouble(say('broken'))),
  )
  const where = createWhere({ session, known, done: () => field()?.focus() })
  const looksUp = given.finds ? [h('hr', { class: 'hr' }), ...finder()] : []
  const promise = h('div')
  const writes = h('p', { class: 'wr', role: 'status' })
  let headed = ''

  const pillLine = h('span')
  const pill = h(
    'button',
    { type: 'button', class: 'launch', 'aria-haspopup': 'dialog', click: () => void open() },
    h('i', {}, icon('talk')),
    h('span', {}, h('b', {}, say('ask')), pillLine),
  )
  root.append(pill)

  function face() {
    const is = hello?.face ?? (atDesk() - Date.parse(given.at) < faceMs ? given.face : null)
    return is?.until && Date.parse(is.until) < atDesk() ? { ...is, here: [], until: null } : is
  }
  const many = (here: readonly string[], one: 'hereOne' | 'thereOne', more: 'hereMany' | 'thereMany') =>
    here.length > 1 ? more : one

  function drawPill() {
    const is = face()
    const unseen = talk.lines.findLast(line => line.ours && line.seq > talk.seen)
    pillLine.textContent = unseen
      ? say('answered', { name: first(unseen.by) })
      : is?.until
        ? say(many(is.here, 'hereOne', 'hereMany'), { names: listed(is.here), time: moment(is.until) })
        : is
          ? say('answerBy', { time: moment(is.answerBy, true) })
          : ''
  }

  async function open() {
    flag('open', true)
    pill.hidden = true
    if (!box) {
      box = h('section', { class: 'box', role: 'dialog', 'aria-labelledby': 'pond-title', keydown: onKey })
      root.append(box)
    }
    box.hidden = false
    showing = null
    draw()
    field()?.focus()
    let failed = false
    try {
      hello = await ask<Hello>('hello', { token: session.token(), identity: session.identity() })
      setBy(hello.at)
      if (hello.forget) keep({ token: undefined as never })
      if (hello.current) session.open(hello.current)
      else if (talk.unsent.length > 0) void session.sendOn()
    } catch (error) {
      failed = true
      if (error instanceof Trouble && error.status === 0)
        console.warn(`Pond: no answer, or ${location.origin} is not among the sites of this chat (Settings, Chat).`)
    }
    if (showing === 'start') showing = null
    draw()
    if (failed) trouble(say('broken'))
  }

  function close() {
    flag('open', false)
    if (box) box.hidden = true
    pill.hidden = false
    drawPill()
    pill.focus()
  }

  function onKey(event: Event) {
    if ((event as KeyboardEvent).key !== 'Escape') return
    event.stopPropagation()
    close()
  }

  const field = () => box?.querySelector<HTMLTextAreaElement>('textarea') ?? null
  const trouble = (words: string) => {
    const place = box?.querySelector('#pond-trouble')
    if (place) place.textContent = words
  }

  function draw() {
    drawPill()
    if (!box || box.hidden) return
    const wants = talk.conversationId || talk.unsent.length > 0 ? 'talk' : 'start'
    if (wants !== showing) {
      const had = field()
      const typed = had?.value || kept().draft || ''
      const focused = shadow.activeElement
      showing = wants
      headed = ''
      box.replaceChildren(...(wants === 'talk' ? talkView() : startView()))
      const now = Object.assign(field()!, { value: typed })
      const next = had && focused === had ? now : focused
      if (next instanceof HTMLElement && box.contains(next)) next.focus()
    }
    if (showing === 'talk') drawTalk()
  }

  function head(title: string, under: Node | null, back?: () => void): HTMLElement {
    const button = (name: 'back' | 'close', press: () => void) =>
      h('button', { type: 'button', class: `x ${name}`, 'aria-label': say(name), click: press }, icon(name))
    const words = h('span', {}, h('b', { id: 'pond-title', dir: 'auto' }, title), under)
    return h('div', { class: 'hd' }, back && button('back', back), words, button('close', close))
  }

  function hereLine(): HTMLElement {
    const is = face()
    return is?.until
      ? h('small', { class: 'dot' }, say('untilTime', { time: moment(is.until, true) }))
      : h('small', { class: 'dot none' }, is ? say('answerBy', { time: moment(is.answerBy, true) }) : '')
  }

  const writing = (label: string, rows: number) =>
    composer({ label, rows, onWrite: session.write, onSend: (words, files) => void submit(words, files) })

  function startView(): HTMLElement[] {
    const is = face()
    const title = is?.until
      ? say(many(is.here, 'thereOne', 'thereMany'), { names: listed(is.here) })
      : say(is ? 'away' : 'ask')
    const soon = !is
      ? ''
      : is.minutes && is.here[0]
        ? say('minutes', { name: is.here[0], time: inMinutes(is.minutes) })
        : say('getBy', { time: moment(is.answerBy, true) })
    const person = hello?.person
    const theirs = hello?.open ?? []
    const wait = person ? say('alsoTo', { address: person.address }) : say('dontWait')
    const notYou = person && h('button', { type: 'button', class: 'lk', click: () => void notMe() }, say('notYou'))
    const phone = is?.phone
    const body = h(
      'div',
      { class: 'bd' },
      h('label', { class: 'lab', for: 'pond-words' }, say('about')),
      h('p', { class: 'mut' }, `${soon} ${wait} `, notYou),
      writing(say('about'), 4),
      ...looksUp,
      (theirs.length > 0 || phone) && h('hr', { class: 'hr' }),
      ...theirs.map(each => link(each.subject, promised(each.promise), () => void openTheirs(each.conversationId))),
      phone &&
        link(
          say('call', { number: `\u2066${phone.number}\u2069` }),
          phone.words,
          `tel:${phone.number.replace(/[^+\d]/g, '')}`,
        ),
    )
    return [head(title, hereLine()), body]
  }

  function promised(promise: Hello['open'][number]['promise']): string | null {
    if (!promise?.ours) return null
    const what = promise.words || say('answers', { name: first(promise.by) })
    return `${what} ${say('byTime', { time: moment(promise.dueAt, true) })}`
  }

  async function openTheirs(conversationId: string) {
    if (!session.token()) keep({ token: newToken() })
    try {
      await ask('open', { token: session.token(), identity: session.identity(), conversationId })
      session.open(conversationId)
      draw()
      field()?.focus()
    } catch {
      trouble(say('broken'))
    }
  }

  async function notMe() {
    flag('not-me', true)
    const token = session.token()
    keep({ token: undefined as never, unsent: [] })
    if (token) await ask('forget', { token }).catch(() => {})
    session.leave()
    await open()
  }

  const talkView = () => [
    h('div'),
    log,
    h('div', { class: 'ft' }, where.place, promise, writes, writing(say('about'), 1)),
  ]

  function drawTalk() {
    const { standing } = talk
    const title = standing?.subject ?? talk.unsent[0]?.text.slice(0, 60) ?? say('ask')
    const number = standing && say('number', { number: standing.number })
    const has = number && standing.owner ? `${say('hasIt', { name: standing.owner })} · ${number}` : number
    if (headed !== `${title} ${has}`) {
      headed = `${title} ${has}`
      const back = (hello?.open.length ?? 0) > 0 ? startAgain : undefined
      box!.firstElementChild!.replaceWith(head(title, has ? h('small', {}, has) : hereLine(), back))
    }
    drawLines()
    where.draw()
    const told = standing?.promise
    // Somebody has just answered: no time stands between.
    const between = told?.automatic && talk.lines.findLast(line => line.is === 'message')?.ours
    promise.replaceChildren(...(told && !between ? [promiseOf(told)] : []))
    const names = standing?.writing ?? []
    const says = !talk.up
      ? say('offline')
      : standing?.over
        ? say('anew')
        : names.length > 0
          ? say('writing', { name: listed(names) })
          : ''
    if (writes.textContent !== says) writes.textContent = says
    writes.hidden = says === ''
    const mailed = talk.lines.some(line => line.mail)
    const name = standing?.owner ? first(standing.owner) : (face()?.here[0] ?? '')
    const to = name ? say('writeTo', { name }) : say('about')
    const input = field()!
    input.placeholder = mailed ? say('writeOrMail') : name ? to : ''
    input.setAttribute('aria-label', to)
    box!.querySelector('#pond-beside')!.textContent = mailed ? say('same') : ''
    if (talk.trouble) {
      const minutes = inMinutes(Math.max(1, Math.ceil(talk.trouble.seconds / 60)))
      trouble(talk.trouble.code === 'too-often' ? say('often', { time: minutes }) : say('broken'))
    } else trouble('')
    session.saw(document.visibilityState === 'visible')
  }

  function startAgain() {
    session.leave()
    showing = null
    draw()
    field()?.focus()
  }

  async function submit(words: string, files: File[]) {
    if (files.length === 0) return void session.say(words)
    // Files belong to somebody: the first words come before them.
    const begins = !talk.conversationId
    if (begins) await session.say(words || files.map(file => file.name).join(', '))
    try {
      const ids: string[] = []
      for (const file of files) ids.push(await upload(file, session.token()))
      await session.say(begins ? '' : words, ids)
    } catch {
      trouble(say('broken'))
    }
  }

  document.addEventListener('visibilitychange', () => {
    if (box && !box.hidden) session.saw(document.visibilityState === 'visible')
  })
  setInterval(draw, 30_000)
  drawPill()
  // It was open when the page was left a moment ago.
  if (flag('open')) void open()
}

if (key && !document.querySelector('pond-chat')) {
  if (document.body) begin()
  else addEventListener('DOMContentLoaded', begin)
}
