/** Reads text out of HTML that `safeHtml` made (its output is canonical, so one pass of a pattern suffices), and cuts such HTML at a line. Not for raw HTML. */
import type { QuoteMark } from './htmlQuotes.ts'

export type HtmlLines = {
  lines: string[]
  marks: (QuoteMark | null)[]
  /** Where in the HTML each line begins. */
  offsets: number[]
}

const token = /<(\/?)([a-z][a-z0-9]*)([^>]*)>|[^<]+/g
const blocks = new Set([
  'address',
  'article',
  'aside',
  'blockquote',
  'caption',
  'center',
  'dd',
  'div',
  'dl',
  'dt',
  'figcaption',
  'figure',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'li',
  'main',
  'ol',
  'p',
  'pre',
  'section',
  'table',
  'tr',
  'ul',
])
const spaced = new Set(['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'ul', 'ol', 'pre'])
const empty = new Set(['br', 'hr', 'img', 'wbr', 'col'])
const longestLine = 20_000

export function linesOfHtml(html: string): HtmlLines {
  const reader = new LineReader()
  for (const match of html.matchAll(token)) {
    const tag = match[2]
    if (tag === undefined) reader.text(match[0], match.index)
    else if (match[1]) reader.close(tag, match.index + match[0].length)
    else reader.open(tag, match[3] ?? '', match.index, match.index + match[0].length)
  }
  reader.end()
  return reader
}

class LineReader implements HtmlLines {
  lines: string[] = []
  marks: (QuoteMark | null)[] = []
  offsets: number[] = []
  private line = ''
  private lineMark: QuoteMark | null = null
  private started = -1
  private lineCite = 0
  private blank = false
  private readonly stack: { tag: string; mark: QuoteMark | null; link: string | null; from: number }[] = []
  private pre = 0
  private readonly within = { cite: 0, attribution: 0, signature: 0 }
  private after = false

  open(tag: string, attributes: string, start: number, end: number): void {
    if (tag === 'br') {
      if (this.started < 0) this.begin(start)
      this.finish()
      return
    }
    if (blocks.has(tag)) this.breakLine(spaced.has(tag))
    if (tag === 'img') {
      const alt = /\salt="([^"]{1,300})"/.exec(attributes)?.[1]
      if (alt?.trim()) this.text(` [${alt.trim()}] `, start)
      return
    }
    if (this.started < 0 && blocks.has(tag)) this.pending = this.pending < 0 ? start : this.pending
    if (tag === 'hr') {
      this.begin(start)
      this.line = '________________'
      this.finish()
    }
    if (empty.has(tag)) {
      if (/\sdata-quote="after"/.test(attributes)) this.after = true
      return
    }
    const mark = (/\sdata-quote="([a-z]+)"/.exec(attributes)?.[1] ?? null) as QuoteMark | null
    if (mark) {
      this.breakLine(false)
      if (this.pending < 0) this.pending = start
      if (mark === 'after') this.after = true
      else this.within[mark]++
    }
    if (tag === 'pre') this.pre++
    if (tag === 'li') this.bullet = true
    if ((tag === 'td' || tag === 'th') && this.line && !this.line.endsWith(' ')) this.line += ' '
    const link = tag === 'a' ? (/\shref="(https?:[^"]{1,300})"/.exec(attributes)?.[1] ?? null) : null
    this.stack.push({ tag, mark, link, from: link ? this.line.length : end })
  }

  close(tag: string, end: number): void {
    const top = this.stack.pop()
    if (!top) return
    if (top.link) this.showLink(unescaped(top.link), top.from)
    if (top.mark && top.mark !== 'after') {
      this.breakLine(false)
      this.within[top.mark]--
    }
    if (tag === 'pre') this.pre--
    if (blocks.has(tag)) {
      this.breakLine(spaced.has(tag))
      if (this.pending < 0) this.pending = end
    }
  }

  text(escaped: string, start: number): void {
    const text = escaped.includes('&') ? unescaped(escaped) : escaped
    if (this.pre > 0) {
      const pieces = text.split('\n')
      for (const [index, piece] of pieces.entries()) {
        if (index > 0) {
          if (this.started < 0) this.begin(start)
          this.finish()
        }
        if (piece) this.add(piece, start)
      }
      return
    }
    // Invisible fillers go; a joiner that Persian needs stays.
    const flat = text.replace(/\u200b|\u034f|\u00ad/g, '').replace(/\s+/g, ' ')
    if (flat === '' || (flat === ' ' && this.line === '')) return
    this.add(this.line === '' || this.line.endsWith(' ') ? flat.trimStart() : flat, start)
  }

  end(): void {
    this.breakLine(false)
  }

  private pending = -1
  private bullet = false

  private add(piece: string, start: number): void {
    if (piece === '') return
    if (this.started < 0) {
      this.begin(start)
      if (this.bullet) this.line = '- '
      this.bullet = false
    }
    if (this.line.length < longestLine) this.line += piece
    else {
      this.finish()
      this.begin(start)
      this.line = piece
    }
  }

  private begin(start: number): void {
    this.started = this.pending >= 0 ? this.pending : start
    this.pending = -1
    this.lineCite = this.within.cite
    this.lineMark = this.after
      ? 'after'
      : this.within.signature > 0
        ? 'signature'
        : this.within.attribution > 0
          ? 'attribution'
          : this.within.cite > 0
            ? 'cite'
            : null
    if (this.blank && this.lines.length > 0 && this.lines.at(-1) !== '') this.push('', this.lineMark, this.started)
    this.blank = false
  }

  private breakLine(blank: boolean): void {
    if (this.started >= 0) this.finish()
    if (blank) this.blank = true
  }

  private finish(): void {
    const prefix = this.lineCite > 0 ? `${'>'.repeat(Math.min(this.lineCite, 20))} ` : ''
    this.push((prefix + this.line).trimEnd(), this.lineMark, this.started)
    this.line = ''
    this.started = -1
  }

  private push(line: string, mark: QuoteMark | null, offset: number): void {
    if (line === '' && this.lines.length > 1 && this.lines.at(-1) === '' && this.lines.at(-2) === '') return
    this.lines.push(line)
    this.marks.push(mark)
    this.offsets.push(offset)
  }

  private showLink(link: string, from: number): void {
    const shown = this.line.slice(from).trim()
    if (!shown || link.length > 300 || link.includes(shown) || shown.includes(link)) return
    this.line += ` <${link}>`
  }
}

function unescaped(text: string): string {
  if (!text.includes('&')) return text
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
}

/** The HTML before `offset`, with what is open there closed. */
export function cutHtml(html: string, offset: number): string {
  const head = html.slice(0, offset)
  const open: string[] = []
  for (const match of head.matchAll(token)) {
    const tag = match[2]
    if (tag === undefined || empty.has(tag)) continue
    if (match[1]) open.pop()
    else open.push(tag)
  }
  return (
    head +
    open
      .reverse()
      .map(tag => `</${tag}>`)
      .join('')
  )
}

export function htmlOfText(text: string): string {
  const escaped = text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
  return `<div>${escaped.replaceAll('\n', '<br />')}</div>`
}
