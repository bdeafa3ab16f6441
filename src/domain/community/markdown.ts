/** Markdown-light as safe HTML and plain words: no HTML of theirs, no pictures; a link says where it leads when its words say otherwise. Pure, and slow for long texts: see text.ts. */
import MarkdownIt from 'markdown-it'
import { escaped, written } from '../../platform/mail/reading/written.ts'
import { hostOf, isHomograph, shownHost } from './hosts.ts'

export type Read = { html: string; words: string }

const markdown = new MarkdownIt({ html: false, linkify: true, breaks: true, maxNesting: 60 }).disable('image')
// A bare word with a dot is no link: names of files and people have one, too.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false })
// Shown as it goes out, unless its letters can't be mistaken.
markdown.normalizeLinkText = url => withHost(url)

function withHost(url: string): string {
  const host = hostOf(url)
  if (!host) return url
  const decoded = decodedOf(url)
  return isHomograph(host) ? decoded.replace(/^([a-z]+:\/\/)[^/?#]+/i, (_, scheme: string) => scheme + host) : decoded
}
function decodedOf(url: string): string {
  try {
    return decodeURI(url).replace(
      /^([a-z]+:\/\/)([^/?#]+)/i,
      (_, scheme: string, host: string) => scheme + shownHost(host),
    )
  } catch {
    return url
  }
}

export function readMarkdown(source: string): Read {
  let made = written(drawn(source) || '<p></p>', { page: true })
  // Signs of Markdown that leave nothing to read were meant as they stand.
  if (made.text === '' && source !== '') made = written(asLines(source), { page: true })
  return { html: shownLinks(made.html), words: made.text }
}

function drawn(source: string): string {
  try {
    return markdown.render(source)
  } catch {
    // What it can't read is still what somebody wrote.
    return asLines(source)
  }
}

const asLines = (source: string) =>
  source
    .split('\n')
    .map(line => `<p>${escaped(line)}</p>`)
    .join('')

const anchor = /<a\b([^<>]*?)\bhref="([^"<>]*)"([^<>]*)>([\s\S]*?)<\/a>/g

/** A link whose words name another host, or none, tells its own behind them. */
function shownLinks(html: string): string {
  return html.replace(anchor, (whole, _before: string, href: string, _after: string, inside: string) => {
    const host = hostOf(href.replaceAll('&amp;', '&'))
    if (host === null) return whole
    const says = inside.replace(/<[^>]*>/g, '').toLowerCase()
    const shown = shownHost(host)
    const honest = says.includes(shown.toLowerCase()) || says.includes(host.toLowerCase())
    return honest && (!isHomograph(host) || says.includes(host.toLowerCase()))
      ? whole
      : `${whole} <small>(${escaped(shown)})</small>`
  })
}
