/** The stream of a conversation: what stands already is left as it is, so that a screen reader reads nothing twice, and whoever reads further up stays there. */
import type { ChatLine } from '../contract/chat.ts'
import { h } from './dom.ts'
import { say } from './given.ts'
import type { createTalk } from './talk.ts'
import { lineOf, unsentOf } from './view.ts'

type Talk = ReturnType<typeof createTalk>['talk']

export function createStream(talk: Talk, onFile: (file: ChatLine['files'][number]) => void) {
  const log = h('div', { class: 'bd', role: 'log', 'aria-label': say('messages'), tabindex: '0' })
  const drawn: string[] = []
  let atEnd = true
  const toEnd = () => {
    log.scrollTop = log.scrollHeight
  }
  log.addEventListener('scroll', () => {
    atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < 80
  })
  // What stands below it comes and goes: whoever was at its end stays there.
  new ResizeObserver(() => atEnd && toEnd()).observe(log)

  function draw() {
    const address = talk.standing?.address ?? null
    const said = new Set(talk.lines.map(line => line.id))
    const wanted = [
      ...talk.lines.map(line => ({
        is: `${line.id ?? 'left'} ${line.seq} ${line.mail} ${line.is === 'left' && address}`,
        make: () => lineOf(line, address, onFile),
      })),
      ...talk.unsent
        .filter(word => !said.has(word.id))
        .map(word => ({ is: `${word.id} ${talk.up}`, make: () => unsentOf(word, talk.up) })),
    ]
    wanted.forEach(({ is, make }, at) => {
      if (drawn[at] === is) return
      const there = log.children[at]
      if (there) there.replaceWith(make())
      else log.append(make())
      drawn[at] = is
    })
    while (log.children.length > wanted.length) log.lastElementChild!.remove()
    drawn.length = wanted.length
    if (atEnd || talk.unsent.length > 0) toEnd()
  }

  return { log, draw }
}
