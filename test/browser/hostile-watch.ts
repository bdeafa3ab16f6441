/** What watches a browser while hostile texts are shown: nothing may run, nothing may ask another host, and nothing may stand there that could do either. */
import { type BrowserContext, expect, type Frame, type Page } from './journey.ts'
import { marks } from './payloads.ts'
import { port } from './place.ts'

const home = `localhost:${port}`
export type Watch = { ran: string[]; asked: string[]; refused: string[]; broke: string[] }

/** For all pages of a context, from their first moment on, in every frame of them. */
export async function watch(context: BrowserContext, where: () => string): Promise<Watch> {
  const seen: Watch = { ran: [], asked: [], refused: [], broke: [] }
  await context.addInitScript(() => {
    // A name that something declared itself would be none of ours.
    Object.defineProperty(window, '__ran', { set: () => console.warn('IT RAN'), configurable: false })
  })
  context.on('page', page => {
    page.on('pageerror', error => seen.broke.push(`${where()}: ${error.stack?.slice(0, 600)}`))
    page.on('dialog', dialog => {
      seen.ran.push(`${where()}: dialog ${dialog.message()}`)
      void dialog.dismiss()
    })
    page.on('console', message => {
      if (message.text() === 'IT RAN') seen.ran.push(where())
      if (message.type() === 'error' && /drawn|Error:/.test(message.text()))
        seen.broke.push(`${where()}: ${message.text().slice(0, 600)}`)
      if (/Content Security Policy/.test(message.text()))
        seen.refused.push(`${where()}: ${message.text().slice(0, 200)}`)
    })
  })
  await context.route(
    url => /^https?:|^ftp:|^wss?:/.test(url.protocol) && url.host !== home,
    route => {
      seen.asked.push(`${where()}: ${route.request().url()}`)
      return route.abort()
    },
  )
  return seen
}

/** What could still act there although nothing did. */
async function dangersIn(frame: Frame): Promise<string[]> {
  return frame.evaluate(() => {
    const found: string[] = []
    const schemes = /^(?:https?|mailto|tel|blob):$/
    const roots: ParentNode[] = [document]
    for (const root of roots)
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot)
        const tag = element.localName
        const written =
          element.closest('.written, .prose, .ProseMirror, .pr, .msg') ??
          (location.href === 'about:srcdoc' ? element : null)
        const tell = (what: string) => found.push(`${what}: ${element.outerHTML.slice(0, 160)}`)
        if (/^(?:object|embed|applet|frame|frameset|portal|noembed|xmp|plaintext|marquee)$/.test(tag)) tell('element')
        if (
          written &&
          /^(?:script|style|link|meta|form|input|textarea|select|iframe|svg|math|video|audio|template|noscript)$/.test(
            tag,
          ) &&
          !element.closest('[contenteditable], head')
        )
          tell('element')
        if (tag === 'script' && !element.getAttribute('src') && element.getAttribute('type') !== 'application/ld+json')
          tell('script')
        if (tag === 'meta' && element.getAttribute('http-equiv')) tell('meta')
        if (
          tag === 'iframe' &&
          (!element.hasAttribute('sandbox') || /allow-scripts/.test(element.getAttribute('sandbox')!))
        )
          tell('frame')
        // The picture of a tab, drawn by us.
        if (tag === 'link' && element.matches('head > [rel=icon][href^="data:image/svg+xml,"]')) continue
        for (const { name, value } of element.attributes) {
          if (/^on/i.test(name)) tell('handler')
          if (written && /^(?:id|name)$/i.test(name) && !element.closest('.ProseMirror, .prose')) tell('name')
          if (/^(?:href|xlink:href|action|formaction)$/i.test(name)) {
            const to = URL.canParse(value, location.origin) ? new URL(value, location.origin) : null
            if (to && !schemes.test(to.protocol)) tell('address')
            if (to && name !== 'href' && to.host !== location.host) tell('leads away')
            if (to && tag === 'link' && to.host !== location.host) tell('loads')
          }
          if (/^(?:src|srcset|poster|background|data|ping|lowsrc|dynsrc|manifest|attributionsrc)$/i.test(name)) {
            const to = URL.canParse(value, location.origin) ? new URL(value, location.origin) : null
            const own =
              to &&
              (to.protocol === 'blob:' ||
                (to.host === (location.host || top?.location.host) && /^https?:$/.test(to.protocol)))
            if (
              value &&
              !own &&
              !/^data:image\/(?:png|gif|jpe?g|webp);base64,/i.test(value) &&
              value !== 'about:srcdoc'
            )
              tell('loads')
          }
          if (name === 'style' && /url\s*\(|expression|@import|image-set/i.test(value) && written) tell('style')
        }
      }
    return found
  })
}

/** The marks of all payloads a page holds, in texts, values and titles, in its frames and shadow roots. */
async function marksIn(frame: Frame): Promise<string[]> {
  const text = await frame.evaluate(() => {
    let all = ''
    const roots: ParentNode[] = [document]
    for (const root of roots) {
      all += root instanceof Document ? root.documentElement.outerHTML : (root as ShadowRoot).innerHTML
      for (const element of root.querySelectorAll('*')) {
        if (element.shadowRoot) roots.push(element.shadowRoot)
        if ('value' in element) all += ` ${String(element.value)}`
      }
    }
    return all
  })
  return text.match(marks) ?? []
}

/** Longer than any page takes to show what it has. */
const patienceMs = 6000

/** Looks over all that stands on a page; says how many different payloads are there. */
export async function looksOver(page: Page, where: string, atLeast: number): Promise<number> {
  const there = new Set<string>()
  const count = async () => {
    for (const frame of page.frames()) for (const mark of await marksIn(frame).catch(() => [])) there.add(mark)
    return there.size
  }
  for (const begun = Date.now(); (await count()) < atLeast && Date.now() - begun < patienceMs; )
    await page.waitForTimeout(100)
  expect.soft(there.size, `payloads on ${where}`).toBeGreaterThanOrEqual(atLeast)
  const acting: string[] = []
  for (const frame of page.frames()) acting.push(...(await dangersIn(frame)))
  expect.soft(acting.slice(0, 12), `what could act on ${where}`).toEqual([])
  return there.size
}
