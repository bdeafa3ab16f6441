/** "Where shall the answer go if you leave?": one field, after the first words, and never twice. Whom the site knows is not asked. */
import { h } from './dom.ts'
import { say } from './given.ts'
import { ask, Trouble } from './server.ts'
import type { createTalk } from './talk.ts'

type Parts = { session: ReturnType<typeof createTalk>; known: () => boolean; done: () => void }

export function createWhere({ session, known, done }: Parts) {
  const place = h('div')
  const { talk } = session
  let changing = false
  let drawn = ''

  function draw() {
    const { standing } = talk
    const address = standing?.address ?? null
    const asks = standing !== null && !known() && !standing.over && (changing || address === null)
    const says = address && !known() && !talk.lines.some(line => line.is === 'left')
    const now = asks ? 'asks' : says ? address : ''
    if (now === drawn) return
    drawn = now
    place.replaceChildren(...(asks ? [form()] : says ? [told(address)] : []))
  }

  function told(address: string): HTMLElement {
    const change = () => {
      changing = true
      draw()
      place.querySelector('input')?.focus()
    }
    const button = h('button', { type: 'button', class: 'lk', click: change }, say('change'))
    return h('p', { class: 'wr' }, `${say('goesTo', { address })} `, button)
  }

  function form(): HTMLElement {
    const wrong = h('p', { class: 'err', role: 'alert', id: 'pond-wrong' })
    const input = h('input', {
      ...{ class: 'in', id: 'pond-where', type: 'email', autocomplete: 'email', dir: 'ltr' },
      ...{ placeholder: say('whereHint'), 'aria-describedby': 'pond-wrong' },
    })
    const submit = async (event: Event) => {
      event.preventDefault()
      try {
        const body = { token: session.token(), conversationId: talk.conversationId, address: input.value.trim() }
        const { address } = await ask<{ address: string }>('address', body)
        changing = false
        if (talk.standing) talk.standing = { ...talk.standing, address }
        draw()
        done()
      } catch (error) {
        const refused = error instanceof Trouble && [400, 422].includes(error.status)
        wrong.textContent = say(refused ? 'noAddress' : 'broken')
        input.setAttribute('aria-invalid', 'true')
        input.focus()
      }
    }
    const label = h('label', { for: 'pond-where' }, say('whereTo'))
    return h(
      'form',
      { class: 'askto', novalidate: true, submit },
      label,
      input,
      h('button', { class: 'go' }, say('keep')),
      wrong,
    )
  }

  return { place, draw }
}
