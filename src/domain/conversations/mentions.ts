/**
 * Members named in a note: `<span data-mention="id">@Name</span>`. Reads them out of HTML that was made safe, and writes
 * the name there as it is now, whatever a client wrote. Pure; safe HTML is balanced, which the walk relies on.
 */
import { linesOfHtml } from '../../platform/mail/reading/htmlText.ts'
import { escaped, type Written } from './text.ts'

type Mention = { id: string; label: string; start: number; end: number }

const opening = /<span data-mention="([0-9a-f-]{36})">/g

export function mentionsIn(html: string): Mention[] {
  const found: Mention[] = []
  opening.lastIndex = 0
  for (let open = opening.exec(html); open; open = opening.exec(html)) {
    const start = open.index
    const end = endOfSpan(html, opening.lastIndex)
    found.push({ id: open[1]!, label: plain(html.slice(opening.lastIndex, end)), start, end })
    // What stands inside a mention is its label, whatever it claims to be.
    opening.lastIndex = end
  }
  return found
}

/** After the closing tag of the span that was opened just before. */
function endOfSpan(html: string, from: number): number {
  const tag = /<(\/?)span\b[^>]*>/g
  tag.lastIndex = from
  let depth = 1
  for (let at = tag.exec(html); at; at = tag.exec(html)) {
    depth += at[1] ? -1 : 1
    if (depth === 0) return tag.lastIndex
  }
  return html.length
}

function plain(html: string): string {
  return linesOfHtml(html).lines.join(' ').trim().replace(/^@/, '').slice(0, 100)
}

/** The same words with each mention written as it is; a person without a name here is no mention any more. */
export function withNames(body: Written, names: ReadonlyMap<string, string>): Written {
  const mentions = mentionsIn(body.html)
  if (mentions.length === 0) return body
  let html = ''
  let at = 0
  for (const { id, label, start, end } of mentions) {
    const name = names.get(id)
    html += body.html.slice(at, start)
    html += name === undefined ? escaped(label) : `<span data-mention="${id}">@${escaped(name)}</span>`
    at = end
  }
  html += body.html.slice(at)
  const text = linesOfHtml(html).lines.join('\n').trim().toWellFormed()
  return { html, text, preview: text.slice(0, 400).replace(/\s+/g, ' ').trim().slice(0, 200).toWellFormed() }
}
