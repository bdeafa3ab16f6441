/** Joins a mail's pieces into what a screen shows: text, trimmed text, safe HTML whole and trimmed. */
import { cleanText } from './charsets.ts'
import type { Piece } from './content.ts'
import { cutHtml, htmlOfText, linesOfHtml } from './htmlText.ts'
import type { Attachment } from './reading.ts'
import { isTooDeep, roughText } from './roughHtml.ts'
import { htmlCaps, safeHtml } from './safeHtml.ts'
import { trimLines, trimText } from './trim.ts'

export type Body = { text: string; trimmed: string; html: string | null; htmlTrimmed: string | null; cut: string[] }

const longestText = 1_000_000

export function bodyOf(pieces: Piece[], attachments: Attachment[]): Body {
  const cut: string[] = []
  const source = htmlSource(pieces)
  const unfit = source !== null && (source.length > htmlCaps.source || isTooDeep(source, htmlCaps.depth))
  const safe = source === null || unfit ? null : safeHtml(source)
  const fits = safe !== null && safe.length <= htmlCaps.safe
  const read = fits ? linesOfHtml(safe) : null
  let html = fits ? safe : null
  if (source !== null && html === null) cut.push('html')

  let text = pieces.every(piece => piece.plain?.trim() || piece.html === null)
    ? pieces.map(piece => piece.plain ?? '').join('\n')
    : null
  const fromHtml = read
    ? read.lines.join('\n').trim()
    : source === null
      ? ''
      : cleanText(roughText(source, longestText))
  const useHtmlText = text === null || (text.trim() === '' && fromHtml !== '')
  if (useHtmlText) text = fromHtml
  let shown = (text ?? '').replace(/^\n+/, '').trimEnd()
  if (shown.length > longestText) {
    shown = shown.slice(0, longestText).toWellFormed()
    cut.push('text')
  }
  const htmlTrim = read ? trimLines(read.lines, read.marks) : null
  const trimmed = useHtmlText && htmlTrim && !cut.includes('text') ? htmlTrim.text : trimText(shown).text
  let htmlTrimmed = html
  if (html !== null && read && htmlTrim && htmlTrim.cutAt !== null)
    htmlTrimmed = cutHtml(html, read.offsets[htmlTrim.cutAt]!)
  if (html !== null && fromHtml === '' && !html.includes('<img')) {
    html = null
    htmlTrimmed = null
  }
  if (html !== null) markInline(html, attachments)
  return { text: shown, trimmed, html, htmlTrimmed, cut }
}

/** All HTML pieces in order, with plain ones between them as paragraphs; null when there is none. */
function htmlSource(pieces: Piece[]): string | null {
  if (!pieces.some(piece => piece.html?.trim())) return null
  return pieces.map(piece => piece.html ?? htmlOfText(piece.plain ?? '')).join('\n')
}

function markInline(html: string, attachments: Attachment[]): void {
  if (!html.includes('data-cid=')) return
  const shown = new Set(
    [...html.matchAll(/\sdata-cid="([^"]{1,600})"/g)].map(match => match[1]!.replaceAll('&amp;', '&').toLowerCase()),
  )
  for (const attachment of attachments) {
    const id = attachment.contentId?.toLowerCase()
    if (id && (shown.has(id) || shown.has(encodeURIComponent(id)))) attachment.inline = true
  }
}
