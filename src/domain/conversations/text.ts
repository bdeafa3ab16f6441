/** What a member wrote in the composer, made safe and readable. Pure; refuses nothing. */
import { linesOfHtml } from '../../platform/mail/reading/htmlText.ts'
import { safeHtml } from '../../platform/mail/reading/safeHtml.ts'

export type Written = { html: string; text: string; preview: string }

/** The composer sends HTML; text without a tag is taken as lines. */
export function written(body: string): Written {
  const html = safeHtml(
    /<[a-z][^>]*>/i.test(body)
      ? body
      : body
          .split('\n')
          .map(line => `<p>${escaped(line)}</p>`)
          .join(''),
  )
  const text = linesOfHtml(html).lines.join('\n').trim().toWellFormed()
  return { html, text, preview: text.slice(0, 400).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() }
}

export function isBlank(body: Written): boolean {
  return body.text === '' && !/<img\b/i.test(body.html)
}

export function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
}
