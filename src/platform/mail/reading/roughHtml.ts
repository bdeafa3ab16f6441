/** For HTML that is too large or too deep to be sanitised in time: measures its depth and takes its words, in one pass. What it returns is text, never markup. */

/** Elements that close by themselves, so that they add no depth. */
const flat = new Set([
  'p',
  'li',
  'td',
  'th',
  'tr',
  'dt',
  'dd',
  'option',
  'br',
  'img',
  'hr',
  'input',
  'meta',
  'link',
  'col',
  'wbr',
  'base',
  'area',
  'param',
  'source',
])
const silent = new Set(['script', 'style', 'title', 'head'])
const breaking = /^(?:p|div|br|tr|li|h[1-6]|table|blockquote|ul|ol|hr|pre)$/

type Tag = { name: string; closing: boolean; start: number; end: number }

function* tagsOf(html: string): Generator<Tag> {
  let at = html.indexOf('<')
  let commentsEnd = true
  // The next '>' is remembered: looking for one that never comes must not cost again and again.
  let nextClose = html.indexOf('>')
  while (at >= 0) {
    let end: number
    if (commentsEnd && html.startsWith('<!--', at)) {
      const close = html.indexOf('-->', at + 4)
      commentsEnd = close >= 0
      end = close < 0 ? at + 4 : close + 3
      yield { name: '!', closing: false, start: at, end }
    } else {
      const closing = html.charCodeAt(at + 1) === 47
      let i = at + (closing ? 2 : 1)
      const from = i
      while (i < html.length && i < from + 40 && /[A-Za-z0-9:-]/.test(html[i]!)) i++
      if (i === from) {
        at = html.indexOf('<', at + 1)
        continue
      }
      if (nextClose >= 0 && nextClose < i) nextClose = html.indexOf('>', i)
      end = nextClose < 0 ? html.length : nextClose + 1
      yield { name: html.slice(from, i).toLowerCase(), closing, start: at, end: Math.min(end, html.length) }
      // Tags inside a tag's attributes count as well: what is measured must not be less than what a parser sees.
      end = i
    }
    at = html.indexOf('<', end)
  }
}

/** Whether elements are nested deeper than `limit` anywhere. */
export function isTooDeep(html: string, limit: number): boolean {
  const stack: string[] = []
  const open = new Map<string, number>()
  for (const tag of tagsOf(html)) {
    if (flat.has(tag.name) || tag.name === '!') continue
    if (!tag.closing) {
      stack.push(tag.name)
      open.set(tag.name, (open.get(tag.name) ?? 0) + 1)
      if (stack.length > limit) return true
      continue
    }
    if (!open.get(tag.name)) continue
    for (let name = stack.pop(); name !== undefined; name = stack.pop()) {
      open.set(name, open.get(name)! - 1)
      if (name === tag.name) break
    }
  }
  return false
}

export function roughText(html: string, most: number): string {
  const pieces: string[] = []
  let length = 0
  let at = 0
  let hidden = ''
  for (const tag of tagsOf(html)) {
    if (tag.start < at) continue
    if (hidden === '') {
      const piece = html.slice(at, tag.start).replace(/\s+/g, ' ')
      pieces.push(breaking.test(tag.name) ? `${piece}\n` : piece)
      length += piece.length
      if (length > most) break
    }
    if (silent.has(tag.name)) hidden = tag.closing ? '' : tag.name
    at = tag.end
  }
  if (hidden === '' && length <= most) pieces.push(html.slice(at))
  return unescapeCommon(pieces.join(''))
    .replace(/\n{3,}/g, '\n\n')
    .trim()
    .slice(0, most)
}

function unescapeCommon(text: string): string {
  if (!text.includes('&')) return text
  return text
    .replace(/&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#(\d{1,7});/g, (_, code: string) =>
      Number(code) < 0x110000 && Number(code) > 31 ? String.fromCodePoint(Number(code)) : '',
    )
    .replace(/&amp;/g, '&')
}
