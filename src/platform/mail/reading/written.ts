/** What a member wrote in the composer, made safe and readable. Pure; refuses nothing. Large words are read beside the requests: see writtenAside.ts. */
import { linesOfHtml } from './htmlText.ts'
import { pageHtml } from './pageHtml.ts'
import { isTooDeep, roughText } from './roughHtml.ts'
import { htmlCaps, safeHtml } from './safeHtml.ts'

export type Written = { html: string; text: string; preview: string }
/** What may stand in it beside words: names of members, or what a page of ours is made of. */
export type Inside = { mentions?: boolean; page?: boolean }

/** The composer sends HTML; text without a tag is taken as lines. What was read already comes back as it is. */
export function written(body: string | Written, inside: Inside = {}): Written {
  if (typeof body !== 'string') return body
  // Sanitising nested elements costs their depth again and again, while everybody waits: nobody writes that deep.
  const readable = isTooDeep(body, htmlCaps.depth) ? paragraphs(roughText(body, body.length)) : body
  const safe = safeHtml(hasTag(body) ? withOwnPictures(readable, inside.page) : paragraphs(body), inside)
  const html = inside.page ? pageHtml(safe) : safe
  const text = linesOfHtml(html).lines.join('\n').trim().toWellFormed()
  return { html, text, preview: text.slice(0, 400).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() }
}

/** A picture that was put between the words lies among the uploads; in a mail it is a part with that content id. */
function withOwnPictures(html: string, page = false): string {
  const named = html.replace(/(<img\b[^<>]{0,2000}?\bsrc=")\/uploads\/([0-9a-f-]{36})"/gi, '$1cid:$2"')
  return page
    ? named.replace(/(<img\b[^<>]{0,2000}?\bsrc=")\/(?:help|articles)\/pictures\/([0-9a-f-]{36})"/gi, '$1cid:$2"')
    : named
}

/** The same the other way round, for words that are written on. */
export function withUploads(html: string): string {
  return html.replace(/<img\b([^<>]*?)\bdata-cid="([0-9a-f-]{36})"/gi, '<img$1src="/uploads/$2"')
}

/** Looks for the first only: many that never end must not cost many looks. */
function hasTag(body: string): boolean {
  const at = body.search(/<[a-z]/i)
  return at >= 0 && body.includes('>', at)
}

function paragraphs(text: string): string {
  return text
    .split('\n')
    .map(line => `<p>${escaped(line)}</p>`)
    .join('')
}

export function isBlank(body: Written): boolean {
  return body.text === '' && !/<img\b/i.test(body.html)
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
