/** Looking something up oneself: articles that fit what is typed. Stands below the way to a person, never before it. */
import { h } from './dom.ts'
import { say } from './given.ts'
import { ask } from './server.ts'
import { link } from './view.ts'

type Found = { articles: { title: string; address: string; says: string }[] }

/** Made once for all views: the box is drawn anew when the desk answers, and takes nothing from whoever types here. */
export function finder(): HTMLElement[] {
  const found = h('div', { role: 'status' })
  let waits: ReturnType<typeof setTimeout> | undefined
  const field = h('input', {
    ...{ class: 'in', id: 'pond-find', type: 'search', placeholder: say('lookHint'), maxlength: '200' },
    input: () => {
      clearTimeout(waits)
      waits = setTimeout(() => void look(field.value.trim()), 350)
    },
  })
  const look = async (words: string) => {
    if (words.length < 2) return found.replaceChildren()
    const { articles } = await ask<Found>('find', { words }).catch((): Found => ({ articles: [] }))
    if (field.value.trim() !== words) return
    const none = h('p', { class: 'mut' }, say('noneFound'))
    found.replaceChildren(
      ...(articles.length > 0 ? articles.map(each => link(each.title, each.says, each.address)) : [none]),
    )
  }
  return [h('label', { class: 'lab', for: 'pond-find' }, say('lookUp')), field, found]
}
