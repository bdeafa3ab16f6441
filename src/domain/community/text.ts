/**
 * What somebody typed into a post, made ready: Markdown-light becomes safe HTML and plain words. Refuses nothing written in
 * earnest but what is too long or empty. No HTML of theirs, no pictures; a link says where it leads when its words say otherwise.
 */
import { createHash } from 'node:crypto'
import MarkdownIt from 'markdown-it'
import { communityLimits } from '../../contract/community.ts'
import { Refusal } from '../../platform/http/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { writtenAside } from '../../platform/mail/reading/writtenAside.ts'
import { hostOf, isHomograph, shownHost } from './hosts.ts'

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

export type Step = { source: string; html: string; words: string }
export type Ready = {
  title: string | null
  source: string
  html: string
  words: string
  steps: Step[]
  alike: Buffer
  /** hosts it leads to, each as often as it does */
  links: string[]
  /** one of them could be taken for another */
  misleads: boolean
}

/** Signs that steer how text runs, and what no text holds: they would let a title or a name say something else. */
const steering = /[[\p{Cc}\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c\ufeff]--[\n\t]]/gv
export const cleaned = (text: string) => text.replace(/\r\n?/g, '\n').replace(steering, '').toWellFormed().trim()
export const oneLine = (text: string) => cleaned(text).replace(/\s+/g, ' ').trim()

/** Before the transaction, as it may take a while. */
export async function readyPost(it: {
  body: string
  steps?: readonly string[] | undefined
  title?: string | undefined
}): Promise<Ready> {
  const source = cleaned(it.body)
  const steps = (it.steps ?? []).map(cleaned).filter(step => step !== '')
  const title = it.title === undefined ? null : oneLine(it.title)
  refuseSizes(source, steps, title)
  const said = await read(source)
  const made: Step[] = []
  for (const step of steps) made.push({ source: step, ...(await read(step)) })
  if (said.words === '' && made.every(step => step.words === '')) throw new Refusal('post-empty', 400, atBody)
  const whole = [said.html, ...made.map(step => step.html)].join('')
  const hosts = linksIn(whole)
  return {
    ...{ title, source, html: said.html, words: said.words, steps: made, links: hosts },
    alike: alikeOf([said.words, ...made.map(step => step.words)].join('\n')),
    misleads: hosts.some(isHomograph),
  }
}

const atBody = { fields: [{ path: 'body', says: 'is empty' }] }

function refuseSizes(source: string, steps: readonly string[], title: string | null) {
  const tooLong = (path: string, longest: number) =>
    new Refusal('post-too-long', 422, {
      facts: { longest },
      fields: [{ path, says: `is longer than ${longest} signs` }],
    })
  if (source.length > communityLimits.body) throw tooLong('body', communityLimits.body)
  if (steps.length > communityLimits.steps)
    throw new Refusal('too-many-steps', 422, { facts: { most: communityLimits.steps } })
  if (steps.some(step => step.length > communityLimits.step)) throw tooLong('steps', communityLimits.step)
  if (title === null) return
  if (title === '') throw new Refusal('title-missing', 400, { fields: [{ path: 'title', says: 'is empty' }] })
  if (title.length > communityLimits.title) throw tooLong('title', communityLimits.title)
}

async function read(source: string): Promise<{ html: string; words: string }> {
  let made = await writtenAside(drawn(source) || '<p></p>', { page: true })
  // Signs of Markdown that leave nothing to read were meant as they stand.
  if (made.text === '' && source !== '') made = await writtenAside(asLines(source), { page: true })
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

export function linksIn(html: string): string[] {
  return [...html.matchAll(/<a\b[^<>]*?\bhref="(https?:[^"<>]*)"/gi)].flatMap(
    match => hostOf(match[1]!.replaceAll('&amp;', '&')) ?? [],
  )
}

/** Of its letters and digits alone. */
export function alikeOf(words: string): Buffer {
  const plain = words
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')
  return createHash('sha256').update(plain).digest().subarray(0, 16)
}
