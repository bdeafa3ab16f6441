/** Makes a mail's HTML safe once more before it is shown (S5): allow-listed, nothing that runs, loads or submits. Says whether it reads as a letter or needs a page of its own. */
import DOMPurify from 'dompurify'
import type { MessageView } from '../../contract/conversations.ts'

export type SafeMail = {
  html: string
  /** a letter: words, lists and links; a page: tables, colours and sizes of its own, shown in a frame */
  shape: 'letter' | 'page'
  /** how many pictures from elsewhere wait */
  heldBack: number
}

const letterTags = new Set(
  'A B BDI BDO BLOCKQUOTE BR CITE CODE DD DEL DETAILS DIV DL DT EM FIGCAPTION FIGURE H1 H2 H3 H4 H5 H6 HR I IMG INS KBD LI MARK OL P PRE Q S SAMP SMALL SPAN STRIKE STRONG SUB SUMMARY SUP TIME TT U UL VAR WBR'.split(
    ' ',
  ),
)
const pageTags =
  'abbr address article aside big caption center col colgroup dfn font footer header main section table tbody td tfoot th thead tr'
const allowedTags = [...[...letterTags].map(tag => tag.toLowerCase()), ...pageTags.split(' ')]
/** Mail programs set these on every paragraph; the book face reads better without them. */
const idle = ['style', 'align', 'bgcolor', 'width', 'height', 'border']
const allowedAttributes =
  'href title dir lang alt src class open start type reversed value datetime colspan rowspan style align valign bgcolor width height border cellpadding cellspacing color face size data-remote-src data-cid data-quote data-mention'.split(
    ' ',
  )
const ownFile = /^\/files\/[\w./?=&%-]+$/
const pixels = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]+$/i
const link = /^(?:https?:\/\/|mailto:|tel:)/i

/** `remote`: where a picture from elsewhere is had from, once somebody asked to see it. */
export function safeMail(
  html: string,
  files: MessageView['attachments'],
  words: { quoted: string },
  remote?: (address: string) => string,
): SafeMail {
  const root = DOMPurify.sanitize(html, {
    RETURN_DOM: true,
    ALLOWED_ATTR: allowedAttributes,
    ALLOWED_TAGS: allowedTags,
    // What they hold is no words either.
    FORBID_CONTENTS:
      'script style template noscript title textarea select option xmp noembed noframes iframe object svg math video audio'.split(
        ' ',
      ),
    ALLOW_DATA_ATTR: false,
    ADD_ATTR: ['data-remote-src', 'data-cid', 'data-quote', 'data-mention'],
    FORCE_BODY: true,
  }) as HTMLElement
  for (const other of root.querySelectorAll('[src]:not(img)')) other.removeAttribute('src')
  settleStyles(root)
  const heldBack = settlePictures(root, files, remote)
  settleLinks(root)
  collapseQuotes(root, words.quoted)
  const shape = isLetter(root) ? 'letter' : 'page'
  if (shape === 'letter') {
    for (const element of root.querySelectorAll('*')) for (const name of idle) element.removeAttribute(name)
  }
  return { html: root.innerHTML, shape, heldBack }
}

const plainProperty =
  /^(?:background-color|(?:border|padding|margin)(?:-.+)?|color|direction|display|font(?:-.+)?|(?:max-|min-)?(?:height|width)|letter-spacing|line-height|list-style-type|overflow-wrap|table-layout|text-.+|vertical-align|white-space(?:-.+)?|word-.+)$/
const colour = /^(?:rgb|hsl)a?\([\d\s.,%/]*\)/i

/** As the browser reads them, so that no way of writing them hides anything: nothing that loads, and nothing that leaves its place. */
function settleStyles(root: HTMLElement) {
  for (const element of root.querySelectorAll<HTMLElement>('[style]')) {
    const { style } = element
    for (const property of [...style]) {
      const value = style.getPropertyValue(property)
      if (!plainProperty.test(property) || (value.includes('(') && !colour.test(value))) style.removeProperty(property)
    }
    // Written anew: what the browser could not read is not handed on.
    if (style.length === 0) element.removeAttribute('style')
    else element.setAttribute('style', style.cssText)
  }
}

/** Pictures of ours and inside the mail are shown; those from elsewhere would tell their sender that the mail was read. */
function settlePictures(
  root: HTMLElement,
  files: MessageView['attachments'],
  remote?: (address: string) => string,
): number {
  let heldBack = 0
  for (const picture of root.querySelectorAll('img')) {
    const named = files.find(file => file.contentId !== null && file.contentId === picture.getAttribute('data-cid'))
    if (named) picture.setAttribute('src', named.address)
    const source = picture.getAttribute('src') ?? ''
    if (ownFile.test(source) || pixels.test(source)) continue
    const elsewhere = picture.getAttribute('data-remote-src')
    if (elsewhere && remote) {
      picture.setAttribute('src', remote(elsewhere))
      picture.setAttribute('loading', 'lazy')
      continue
    }
    if (elsewhere || source !== '') heldBack++
    const alt = picture.getAttribute('alt')
    if (alt) picture.replaceWith(alt)
    else picture.remove()
  }
  return heldBack
}

function settleLinks(root: HTMLElement) {
  for (const anchor of root.querySelectorAll('a')) {
    if (!link.test(anchor.getAttribute('href') ?? '')) anchor.removeAttribute('href')
    anchor.setAttribute('target', '_blank')
    anchor.setAttribute('rel', 'noopener noreferrer nofollow')
  }
}

/** What was quoted waits behind one click; a mail that is nothing but a quotation is shown as it is. */
function collapseQuotes(root: HTMLElement, label: string) {
  for (const quote of root.querySelectorAll('[data-quote]')) {
    if (quote.parentElement?.closest('[data-quote], details')) continue
    const details = root.ownerDocument.createElement('details')
    details.className = 'quoted'
    quote.replaceWith(details)
    details.append(quote)
  }
  for (const details of root.querySelectorAll('details')) {
    details.removeAttribute('open')
    for (const old of details.querySelectorAll(':scope > summary')) old.remove()
    const summary = root.ownerDocument.createElement('summary')
    summary.textContent = label
    details.prepend(summary)
  }
  const only = root.querySelectorAll('details')
  const first = only[0]
  if (only.length === 1 && first && (root.textContent ?? '').trim() === (first.textContent ?? '').trim())
    first.setAttribute('open', '')
}

function isLetter(root: HTMLElement): boolean {
  for (const element of root.querySelectorAll('*')) {
    if (!letterTags.has(element.tagName) && element.tagName !== 'CENTER' && element.tagName !== 'FONT') return false
    if (element.hasAttribute('bgcolor') || /background|display|float/i.test(element.getAttribute('style') ?? ''))
      return false
  }
  return true
}
