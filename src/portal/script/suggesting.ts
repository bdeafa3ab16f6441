/** Asks, while somebody writes, what may answer it already, and shows it beside the form; below it on a phone, where one line says so. Moves nothing that is being read, and asks nothing on a slow or dear line. */
type Press = { action: string; token: string; label: string; thanks: string }
type Suggestion = { label: string; address: string; beneath: string | null; press: Press | null }
type Place = { may: HTMLElement; form: HTMLFormElement; text: HTMLTextAreaElement }

/** After so long without a key. */
const pauseMs = 700
/** Fewer letters than these name no matter. */
const fewest = 12
/** Of one page; whoever writes longer knows what they need. */
const mostAsked = 25

export function suggest({ may, form, text }: Place) {
  const { connection } = navigator as { connection?: { saveData?: boolean; effectiveType?: string } }
  if (connection?.saveData || /(^|-)2g$/.test(connection?.effectiveType ?? '')) return
  document.documentElement.dataset.suggests = ''
  const subject = form.elements.namedItem('subject') ?? form.elements.namedItem('title')
  const list = may.querySelector('ul')!
  const peek = document.querySelector<HTMLElement>('#peek')
  let asked = 0
  let last = ''
  let timer = 0
  let asking: AbortController | undefined

  const written = () => ({ subject: subject instanceof HTMLInputElement ? subject.value : '', text: text.value })
  const look = async () => {
    const now = written()
    const words = `${now.subject} ${now.text}`.replace(/\s+/g, ' ').trim()
    if (words.length < fewest || words === last || asked >= mostAsked) return
    last = words
    asked++
    asking?.abort()
    asking = new AbortController()
    try {
      const answer = await fetch(may.dataset.ask!, {
        method: 'POST',
        body: new URLSearchParams({ ...now, text: now.text.slice(0, 3500) }),
        signal: asking.signal,
      })
      if (!answer.ok) {
        // Too often, or it is not there: one can write all the same.
        asked = mostAsked
        return
      }
      show((await answer.json()) as { peek: string; each: Suggestion[] })
    } catch {
      // No line just now; the next pause asks again.
      last = ''
    }
  }
  const show = (found: { peek: string; each: Suggestion[] }) => {
    // Whoever is in the midst of it finds it as it is.
    if (may.contains(document.activeElement)) return
    list.replaceChildren(...found.each.map(itemOf))
    may.hidden = found.each.length === 0
    if (!peek || peek.textContent === found.peek) return
    const link = made('a', found.peek)
    link.href = '#may'
    peek.replaceChildren(...(found.peek ? [link] : []))
  }
  for (const field of [text, subject])
    if (field instanceof HTMLElement)
      field.addEventListener('input', () => {
        clearTimeout(timer)
        timer = window.setTimeout(look, pauseMs)
      })
  may.addEventListener('submit', event => {
    event.preventDefault()
    void answered(event.target as HTMLFormElement)
  })
  void look()
}

/** It counts for the page, and says so in its place. Where that fails the form goes the long way. */
async function answered(form: HTMLFormElement) {
  try {
    const fields = new URLSearchParams([...new FormData(form)].map(([name, value]) => [name, String(value)]))
    const answer = await fetch(form.action, { method: 'POST', body: fields, redirect: 'manual' })
    if (answer.type !== 'opaqueredirect' && !answer.ok) throw new Error('not taken')
    const thanks = made('p', form.dataset.thanks ?? '')
    thanks.className = 'thanks'
    thanks.tabIndex = -1
    form.replaceWith(thanks)
    thanks.focus()
  } catch {
    form.submit()
  }
}

function itemOf({ label, address, beneath, press }: Suggestion): HTMLElement {
  const item = made('li')
  const link = made('a', label)
  link.href = address
  link.dir = 'auto'
  // What they wrote stays where it is.
  link.target = '_blank'
  link.rel = 'noopener'
  item.append(link)
  if (beneath) {
    const line = made('span', beneath)
    line.className = 'm'
    line.dir = 'auto'
    item.append(line)
  }
  if (press) item.append(pressOf(press))
  return item
}

function pressOf({ action, token, label, thanks }: Press): HTMLFormElement {
  const form = made('form')
  form.method = 'post'
  form.action = action
  form.dataset.thanks = thanks
  for (const [name, value] of Object.entries({ form: token, answer: 'yes' })) {
    const field = made('input')
    field.type = 'hidden'
    field.name = name
    field.value = value
    form.append(field)
  }
  const button = made('button', label)
  button.className = 'linkbtn small'
  form.append(button)
  return form
}

function made<K extends keyof HTMLElementTagNameMap>(name: K, words = ''): HTMLElementTagNameMap[K] {
  const element = document.createElement(name)
  element.textContent = words
  return element
}
