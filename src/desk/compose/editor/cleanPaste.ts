/**
 * Words from Word, Outlook, Google Docs and pages of all kinds, without what those programs put around them: comments,
 * styles, classes, empty spans, numbering drawn as text. Lists become lists again. Pure: text in, text out, in one pass.
 */
import { type Element, type Part, parsed, textOf, written } from './pastedTree.ts'

const dropped = new Set(
  'head style script meta link title xml object embed iframe form input button select textarea svg math noscript template video audio'.split(
    ' ',
  ),
)
const unwrapped = new Set(
  'html body font center section article main header footer nav aside figure figcaption'.split(' '),
)
const kept: Record<string, string[]> = {
  a: ['href'],
  img: ['src', 'alt'],
  td: ['colspan', 'rowspan'],
  th: ['colspan', 'rowspan'],
  ol: ['start'],
}
const link = /^(?:https?:|mailto:|tel:)/i

export function cleanPaste(html: string): string {
  const fragment = /<!--StartFragment-->([\s\S]*?)<!--EndFragment-->/i.exec(html)?.[1] ?? html
  return written(listsAgain(fragment.includes('<') ? cleaned(parsed(fragment)) : parsed(fragment))).trim()
}

function cleaned(parts: readonly Part[]): Part[] {
  return parts.flatMap(part => (typeof part === 'string' ? [part] : element(part)))
}

function element(it: Element): Part[] {
  const { name } = it
  if (dropped.has(name)) return []
  const style = it.attributes.style ?? ''
  if (/mso-list:\s*ignore/i.test(style) || /(?:^|;)\s*display:\s*none/i.test(style) || /mso-hide:\s*all/i.test(style))
    return []
  if (/^mso-comment|msocom/i.test(`${it.attributes.class ?? ''} ${it.attributes.id ?? ''}`)) return []
  const inner = cleaned(it.inner)
  // "o:p", "w:sdt", "st1:place": Word's own; the words in them are people's.
  if (name.includes(':') || unwrapped.has(name)) return inner
  if (name === 'span' || ((name === 'b' || name === 'strong') && /font-weight:\s*(?:normal|400)/i.test(style)))
    return it.attributes['data-mention']
      ? [{ ...it, attributes: { 'data-mention': it.attributes['data-mention'] }, inner }]
      : meant(style, inner)
  if (name === 'a') {
    const href = it.attributes.href ?? ''
    if (!link.test(href)) return inner
  }
  const level = listLevel(it)
  const attributes: Record<string, string> = {}
  for (const each of kept[name] ?? []) if (it.attributes[each] !== undefined) attributes[each] = it.attributes[each]
  const self: Element = { name: /^h[1456]$/.test(name) ? (name === 'h1' ? 'h2' : 'h3') : name, attributes, inner }
  return [level ? { ...self, list: level } : self]
}

/** A span says with its style what a tag would say. */
function meant(style: string, inner: Part[]): Part[] {
  let parts = inner
  if (textOf(parts).trim() === '' && !hasPicture(parts)) return textOf(parts) === '' ? [] : [' ']
  const wrap = (name: string) => {
    parts = [{ name, attributes: {}, inner: parts }]
  }
  if (/font-weight:\s*(?:bold|[6-9]00)/i.test(style)) wrap('strong')
  if (/font-style:\s*(?:italic|oblique)/i.test(style)) wrap('em')
  if (/text-decoration[^;]*:[^;]*line-through/i.test(style)) wrap('s')
  return parts
}

const hasPicture = (parts: readonly Part[]): boolean =>
  parts.some(part => typeof part !== 'string' && (part.name === 'img' || hasPicture(part.inner)))

/** Word writes a list as paragraphs that say their level, with the sign as text that it asks to ignore. */
function listLevel(it: Element): Element['list'] | null {
  if (!/^(?:p|div|h[1-6])$/.test(it.name)) return null
  const said = /mso-list:\s*l\d+\s+level(\d)/i.exec(it.attributes.style ?? '')
  if (!said && !/MsoListParagraph/i.test(it.attributes.class ?? '')) return null
  const text = textOf(it.inner)
  const sign = /^\s*(?:\(?\d{1,3}|[a-z]|[ivx]{1,5})[.)]/i.exec(text)
  if (!said && !sign && !/^\s*[·•o§\-–]\s/.test(text)) return null
  return { level: Number(said?.[1] ?? 1), ordered: sign !== null }
}

/** Neighbours that belong to a list are put into one, nested as deep as they say. */
function listsAgain(parts: readonly Part[]): Part[] {
  const out: Part[] = []
  let open: { list: Element; level: number }[] = []
  for (const part of parts) {
    if (typeof part === 'string' && part.trim() === '') {
      if (open.length === 0) out.push(part)
      continue
    }
    if (typeof part === 'string' || !part.list) {
      open = []
      out.push(typeof part === 'string' ? part : { ...part, inner: listsAgain(part.inner) })
      continue
    }
    const { level, ordered } = part.list
    open = open.filter(each => each.level <= level)
    const item: Element = { name: 'li', attributes: {}, inner: [{ name: 'p', attributes: {}, inner: part.inner }] }
    const last = open.at(-1)
    if (last?.level === level) last.list.inner.push(item)
    else {
      const list: Element = { name: ordered ? 'ol' : 'ul', attributes: {}, inner: [item] }
      const within = last?.list.inner.at(-1)
      if (within && typeof within !== 'string') within.inner.push(list)
      else out.push(list)
      open.push({ list, level })
    }
  }
  return out
}
