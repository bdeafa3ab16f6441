/**
 * What somebody typed into a post, made ready: Markdown-light becomes safe HTML and plain words. Refuses nothing written in
 * earnest but what is too long or empty. No HTML of theirs, no pictures; a link says where it leads when its words say otherwise.
 */
import { createHash } from 'node:crypto'
import { communityLimits } from '../../contract/community.ts'
import { aside } from '../../platform/aside/aside.ts'
import { Refusal } from '../../platform/http/index.ts'
import { hostOf, isHomograph } from './hosts.ts'
import { type Read, readMarkdown } from './markdown.ts'

/** Characters that are read at once: some 10 ms at most. All of a longer post is read in a thread of its own. */
const small = 3000
const far = aside<string[], Read[]>(new URL('./markdownWorker.ts', import.meta.url))

async function readAll(sources: string[]): Promise<Read[]> {
  const length = sources.reduce((all, source) => all + source.length, 0)
  return length <= small ? sources.map(readMarkdown) : far(sources)
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
  const [said, ...read] = (await readAll([source, ...steps])) as [Read, ...Read[]]
  const made: Step[] = read.map((each, at) => ({ source: steps[at]!, ...each }))
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
