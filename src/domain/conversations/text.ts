/** What a member wrote in the composer, made safe and readable. Pure; refuses nothing. */
import { linesOfHtml } from '../../platform/mail/reading/htmlText.ts'
import { isTooDeep, roughText } from '../../platform/mail/reading/roughHtml.ts'
import { htmlCaps, safeHtml } from '../../platform/mail/reading/safeHtml.ts'

export type Written = { html: string; text: string; preview: string }

/** The composer sends HTML; text without a tag is taken as lines. */
export function written(body: string): Written {
  // Sanitising nested elements costs their depth again and again, while everybody waits: nobody writes that deep.
  const readable = isTooDeep(body, htmlCaps.depth) ? paragraphs(roughText(body, body.length)) : body
  const html = safeHtml(hasTag(body) ? readable : paragraphs(body))
  const text = linesOfHtml(html).lines.join('\n').trim().toWellFormed()
  return { html, text, preview: text.slice(0, 400).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() }
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
