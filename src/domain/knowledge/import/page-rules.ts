/** What a file that was brought says: its title, language and words. Pure; reads Markdown and HTML as text, and makes nothing safe: that is done after it. */
import type { Audience } from '../../../contract/knowledge.ts'

export type Brought = {
  /** without ending and language: two languages of one article have the same */
  key: string
  folder: string[]
  language: string | null
  title: string
  summary: string
  audience: Audience | null
  slug: string | null
  /** Markdown or HTML */
  markup: 'markdown' | 'html'
  body: string
}

const ending = /\.(md|markdown|html?)$/i
const inName = /[._]([a-z]{2,3})$/
const audiences: readonly Audience[] = ['public', 'signed-in', 'organisation', 'inside']

export const isPage = (path: string) => ending.test(path)
export const isPicture = (path: string) => /\.(png|jpe?g|gif|webp)$/i.test(path)

export function keyOf(path: string): { key: string; language: string | null } {
  const bare = path.replace(ending, '')
  const language = inName.exec(bare)?.[1] ?? null
  return { key: language ? bare.slice(0, -language.length - 1) : bare, language }
}

export function broughtFrom(path: string, content: string): Brought {
  const { key, language } = keyOf(path)
  const parts = key.split('/')
  const markup = /\.html?$/i.test(path) ? 'html' : 'markdown'
  const { head, rest } = headOf(content.replace(/^\ufeff/, '').replaceAll('\r\n', '\n'))
  const inside = markup === 'html' ? bodyOf(rest) : { body: rest, title: null }
  const first = firstHeading(inside.body, markup)
  const title = head.title ?? first?.text ?? inside.title ?? nameOf(parts.at(-1) ?? '')
  return {
    key: key.slice(0, 500),
    folder: parts.slice(0, -1).slice(0, 4).map(nameOf),
    language: wellFormed(head.language) ?? wellFormed(language),
    title: title.slice(0, 200),
    summary: (head.summary ?? head.description ?? '').slice(0, 500),
    audience: audiences.find(each => each === head.audience) ?? null,
    slug: head.slug ?? null,
    markup,
    // Its title stands above it already.
    body:
      first && (head.title === undefined || head.title === first.text)
        ? inside.body.replace(first.all, '')
        : inside.body,
  }
}

const wellFormed = (language: string | null | undefined) =>
  language && /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(language) ? language.toLowerCase() : null

/** `key: value` lines between two lines of hyphens. Nothing in it is more than text. */
function headOf(content: string): { head: Record<string, string>; rest: string } {
  const found = /^(?:<!--\n)?---\n([\s\S]{0,5000}?)\n---\n(?:-->\n)?/.exec(content)
  if (!found) return { head: {}, rest: content }
  const head: Record<string, string> = {}
  for (const line of found[1]!.split('\n')) {
    const at = line.indexOf(':')
    const value = line
      .slice(at + 1)
      .trim()
      .replace(/^(["'])(.*)\1$/, '$2')
    if (at > 0 && value) head[line.slice(0, at).trim().toLowerCase()] = value
  }
  return { head, rest: content.slice(found[0].length) }
}

function bodyOf(html: string): { body: string; title: string | null } {
  const title = /<title[^<>]*>([^<]{0,300})<\/title>/i.exec(html)?.[1]?.trim() || null
  const start = /<body[^<>]*>/i.exec(html)
  const end = html.search(/<\/body\s*>/i)
  return { body: start ? html.slice(start.index + start[0].length, end < 0 ? undefined : end) : html, title }
}

function firstHeading(body: string, markup: 'markdown' | 'html'): { text: string; all: string } | null {
  const found =
    markup === 'html' ? /^\s*<h1[^>]*>([\s\S]{0,500}?)<\/h1>/i.exec(body) : /^\s*# +([^\n]{1,300})\n?/.exec(body)
  if (!found) return null
  const text = found[1]!
    .replace(/<[^>]*>/g, '')
    .replace(/[*_`]/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  return text ? { text, all: found[0] } : null
}

/** `faro-3_manual` reads "Faro 3 manual". A number in front orders files, and is no name. */
export function nameOf(part: string): string {
  const words =
    part
      .replace(/^\d+[-_. ]+(?=\D)/, '')
      .replace(/[-_]+/g, ' ')
      .trim() || part
  return (words.charAt(0).toUpperCase() + words.slice(1)).slice(0, 100)
}

/** Where a link or picture of a file leads inside the zip; null: elsewhere. */
export function within(from: string, href: string): string | null {
  if (/^[a-z][a-z0-9+.-]*:|^\/\/|^#/i.test(href)) return null
  const bare = href.replace(/[?#].*$/, '')
  let path: string
  try {
    path = decodeURIComponent(bare)
  } catch {
    path = bare
  }
  const out: string[] = path.startsWith('/') ? [] : from.split('/').slice(0, -1)
  for (const part of path.split('/')) {
    if (part === '..') {
      if (out.length === 0) return null
      out.pop()
    } else if (part !== '.' && part !== '') out.push(part)
  }
  return out.length > 0 ? out.join('/').normalize('NFC') : null
}
