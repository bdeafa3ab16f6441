/** Where one writes: the words, files beside them, and Send. What was typed is kept until it is sent. */
import { h, icon } from './dom.ts'
import { say } from './given.ts'
import { keep } from './kept.ts'

const mostBytes = 10 * 1024 * 1024

type About = { label: string; rows: number; onWrite: () => void; onSend: (text: string, files: File[]) => void }

export function composer({ label, rows, onWrite, onSend }: About): HTMLElement {
  let files: File[] = []
  const text = h('textarea', {
    ...{ class: 'in', id: 'pond-words', rows: String(rows), dir: 'auto', maxlength: '4000', 'aria-label': label },
    input: () => {
      keep({ draft: text.value })
      onWrite()
    },
    keydown: event => {
      const { key, shiftKey, isComposing } = event as KeyboardEvent
      if (key !== 'Enter' || shiftKey || isComposing || !matchMedia('(pointer:fine)').matches) return
      event.preventDefault()
      send()
    },
  })
  const list = h('p', { class: 'mut' })
  const picker = h('input', {
    ...{ type: 'file', multiple: true, class: 'vh', tabindex: '-1', 'aria-hidden': 'true' },
    change: () => {
      const chosen = [...(picker.files ?? [])]
      const large = chosen.find(file => file.size > mostBytes)
      files.push(...chosen.filter(file => file.size <= mostBytes))
      picker.value = ''
      list.replaceChildren(...(large ? [say('tooLarge', { name: large.name })] : []), ...files.map(shown))
    },
  })
  const shown = (file: File) => {
    const drop = () => {
      files = files.filter(each => each !== file)
      button.remove()
    }
    const label = say('dropFile', { name: file.name })
    const button = h('button', { type: 'button', class: 'lk fl', 'aria-label': label, click: drop }, `${file.name} ×`)
    return button
  }
  const send = () => {
    const words = text.value.trim()
    const chosen = files
    if (!words && chosen.length === 0) return text.focus()
    text.value = ''
    files = []
    keep({ draft: '' })
    list.replaceChildren()
    onSend(words, chosen)
    text.focus()
  }
  const submit = (event: Event) => {
    event.preventDefault()
    send()
  }
  const clip = { type: 'button', class: 'clipb', 'aria-label': say('file'), click: () => picker.click() }
  return h(
    'form',
    { submit },
    text,
    list,
    h(
      'div',
      { class: 'acts' },
      h('button', { class: 'go' }, say('send')),
      h('button', clip, icon('clip')),
      picker,
      h('span', { class: 'mut', id: 'pond-beside' }),
    ),
    h('p', { class: 'err', role: 'alert', id: 'pond-trouble' }),
  )
}
