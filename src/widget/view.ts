/** Draws a conversation: the stream with both voices, the open promise above the field, and the field. What stands already is left as it is, so that nothing is read out twice. */
import type { ChatLine, ChatPromise } from '../contract/chat.ts'
import { h, icon, mark } from './dom.ts'
import { say } from './given.ts'
import type { Unsent } from './kept.ts'
import { away, moment } from './moments.ts'

export function lineOf(
  line: ChatLine,
  address: string | null,
  onFile: (file: ChatLine['files'][number]) => void,
): HTMLElement {
  if (line.is === 'left') {
    const time = moment(line.at)
    return h('p', { class: 'ev' }, address ? say('leftTo', { time, address }) : say('left', { time }))
  }
  const by = line.ours ? first(line.by) : say('you')
  return h(
    'div',
    { class: `msg ${line.ours ? 'us' : 'me'}` },
    h('p', { class: 'by' }, h('b', {}, by), `, ${moment(line.at)}${line.mail ? `, ${say('byMail')}` : ''}`),
    line.text === null
      ? !line.ours && h('p', { class: 'mut' }, say('meByMail'))
      : line.text && h('p', { class: 'tx', dir: 'auto' }, line.text),
    ...line.files.map(file =>
      h('button', { type: 'button', class: 'lk fl', click: () => onFile(file) }, `${file.name} (${size(file.bytes)})`),
    ),
  )
}

export function unsentOf(word: Unsent, up: boolean): HTMLElement {
  return h(
    'div',
    { class: 'msg me' },
    h('p', { class: 'by' }, h('b', {}, say('you')), up ? ', …' : `, ${say('waiting')}`),
    h('p', { class: 'tx', dir: 'auto' }, word.text || '…'),
  )
}

export function promiseOf(promise: ChatPromise): HTMLElement {
  const name = first(promise.by)
  const words = !promise.ours ? say('yours', { words: promise.words }) : promise.words || say('answers', { name })
  const time = h('b', {}, moment(promise.dueAt, true))
  const [before, after] = say(promise.late ? 'wasDue' : 'byTime', { time: '\0' }).split('\0')
  return h(
    'p',
    { class: `pr${promise.late ? ' late' : ''}${promise.ours ? '' : ' their'}` },
    mark(promise.late),
    h('span', {}, words, h('span', {}, before, time, after, ` · ${away(promise.dueAt)}`)),
  )
}

export function link(title: string, under: string | null, press: (() => void) | string): HTMLElement {
  const inner = h('span', {}, h('b', { dir: 'auto' }, title), under && h('span', { class: 'mut' }, under))
  return typeof press === 'string'
    ? h(
        'a',
        { class: 'ln', href: press, ...(press.startsWith('tel:') ? {} : { target: '_blank', rel: 'noopener' }) },
        inner,
        icon('on'),
      )
    : h('button', { type: 'button', class: 'ln', click: press }, inner, icon('on'))
}

export const first = (name: string) => name.split(/\s+/)[0] ?? name

function size(bytes: number): string {
  return bytes < 1e6 ? `${Math.max(1, Math.round(bytes / 1000))} kB` : `${(bytes / 1e6).toFixed(1)} MB`
}
