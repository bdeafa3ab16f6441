/** HTML from a clipboard as a small tree, and back. Browsers write it well enough to be read without their parser, also where there is none. Never throws. */

export type Element = {
  name: string
  attributes: Record<string, string>
  inner: Part[]
  /** a paragraph that is an item of a list */
  list?: { level: number; ordered: boolean }
}
/** Text stays as it was written, with its entities. */
export type Part = string | Element

const empty = new Set('area base br col embed hr img input link meta param source track wbr'.split(' '))
/** What ends an open paragraph or item of the same kind, as browsers do. */
const closes: Record<string, readonly string[]> = {
  p: ['p'],
  li: ['li'],
  tr: ['tr', 'td', 'th'],
  td: ['td', 'th'],
  th: ['td', 'th'],
}
const raw = new Set(['style', 'script', 'title', 'xml', 'textarea'])
const deepest = 100

const tag = /<!--[\s\S]*?(?:-->|$)|<!\[[^>]*>|<[!?][^>]*>|<(\/?)([a-z][a-z0-9:_-]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>/gi
const attribute = /([^\s"'<>/=]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?/g

export function parsed(html: string): Part[] {
  const root: Element = { name: '', attributes: {}, inner: [] }
  const open: Element[] = [root]
  const top = () => open.at(-1) ?? root
  let at = 0
  tag.lastIndex = 0
  for (let match = tag.exec(html); match; match = tag.exec(html)) {
    if (match.index > at) top().inner.push(html.slice(at, match.index))
    at = tag.lastIndex
    const name = match[2]?.toLowerCase()
    if (!name) continue
    if (match[1]) {
      close(open, name)
      continue
    }
    for (const sibling of closes[name] ?? []) if (top().name === sibling) open.pop()
    const element: Element = { name, attributes: attributesOf(match[3] ?? ''), inner: [] }
    top().inner.push(element)
    if (raw.has(name)) {
      const ending = new RegExp(`</${name}`, 'gi')
      ending.lastIndex = at
      at = ending.exec(html)?.index ?? html.length
      tag.lastIndex = at
    }
    if (!empty.has(name) && !(match[3] ?? '').endsWith('/') && open.length < deepest) open.push(element)
  }
  if (at < html.length) top().inner.push(html.slice(at).replace(/<[^>]*$/, ''))
  return root.inner
}

function close(open: Element[], name: string) {
  const found = open.findLastIndex(element => element.name === name)
  if (found > 0) open.length = found
}

function attributesOf(text: string): Record<string, string> {
  const found: Record<string, string> = {}
  for (const [, name = '', double, single, bare] of text.matchAll(attribute))
    found[name.toLowerCase()] = (double ?? single ?? bare ?? '').replaceAll('&amp;', '&').replaceAll('&quot;', '"')
  return found
}

export function textOf(parts: readonly Part[]): string {
  return parts.map(part => (typeof part === 'string' ? part.replaceAll('&nbsp;', ' ') : textOf(part.inner))).join('')
}

export function written(parts: readonly Part[]): string {
  return parts
    .map(part => {
      if (typeof part === 'string') return part
      const attributes = Object.entries(part.attributes)
        .map(
          ([name, value]) =>
            ` ${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;')}"`,
        )
        .join('')
      return empty.has(part.name)
        ? `<${part.name}${attributes}>`
        : `<${part.name}${attributes}>${written(part.inner)}</${part.name}>`
    })
    .join('')
}
