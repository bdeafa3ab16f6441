/** What is new as an Atom feed: the same for everybody, as it holds only what anybody may read. */
import type { Shown } from './site.ts'
import type { Visit } from './visit.ts'

type Feed = {
  path: string
  /** the page it belongs to */
  of: string
  title: string
  entries: { path: string; title: string; at: Date; summary: string }[]
}

export function feedOf(visit: Visit, { path, of, title, entries }: Feed): Shown {
  const { whole, language, house } = visit
  const updated = new Date(Math.max(0, ...entries.map(({ at }) => at.getTime()))).toISOString()
  const each = entries.map(entry => {
    const address = xml(whole(entry.path))
    return `<entry><id>${address}</id><title>${xml(entry.title)}</title><link href="${address}"/><updated>${entry.at.toISOString()}</updated><summary>${xml(entry.summary)}</summary></entry>`
  })
  const self = xml(whole(`${path}?language=${language}`))
  return {
    type: 'application/atom+xml; charset=utf-8',
    headers: { 'cache-control': 'public, max-age=300', vary: 'accept-language' },
    body: `<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}"><id>${self}</id><title>${xml(title)}</title><link rel="self" href="${self}"/><link href="${xml(whole(of))}"/><updated>${updated}</updated><author><name>${xml(house.name)}</name></author>${each.join('')}</feed>\n`,
  }
}

const xml = (text: string) =>
  text
    // biome-ignore lint/suspicious/noControlCharactersInRegex: XML may not hold them
    .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('"', '&quot;')
