/** Makes a mail's HTML safe to store: allow-listed tags, attributes and styles, nothing that loads, runs, submits or leaves its place (S5). Browsers sanitise once more. */
import sanitize from 'sanitize-html'
import { quoteMark } from './htmlQuotes.ts'
import { asides } from './pageHtml.ts'

/** Characters. More HTML than this is not shown: its text is. */
export const htmlCaps = { source: 1_000_000, depth: 1000, safe: 1_000_000, links: 5000, style: 2000 }

const tags = [
  'a',
  'abbr',
  'address',
  'article',
  'aside',
  'b',
  'bdi',
  'bdo',
  'big',
  'blockquote',
  'br',
  'caption',
  'center',
  'cite',
  'code',
  'col',
  'colgroup',
  'dd',
  'del',
  'dfn',
  'div',
  'dl',
  'dt',
  'em',
  'figcaption',
  'figure',
  'font',
  'footer',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'header',
  'hr',
  'i',
  'img',
  'ins',
  'kbd',
  'li',
  'main',
  'mark',
  'ol',
  'p',
  'pre',
  'q',
  's',
  'samp',
  'section',
  'small',
  'span',
  'strike',
  'strong',
  'sub',
  'sup',
  'table',
  'tbody',
  'td',
  'tfoot',
  'th',
  'thead',
  'time',
  'tr',
  'tt',
  'u',
  'ul',
  'var',
  'wbr',
]
const everywhere = ['dir', 'lang', 'title', 'align', 'valign', 'bgcolor', 'style', 'data-quote']
const sized = ['width', 'height']

const properties = new Set([
  'background-color',
  'background',
  'border-collapse',
  'border-spacing',
  'border-radius',
  'color',
  'direction',
  'display',
  'font',
  'font-family',
  'font-size',
  'font-style',
  'font-variant',
  'font-weight',
  'height',
  'letter-spacing',
  'line-height',
  'list-style',
  'list-style-type',
  'max-width',
  'min-width',
  'overflow-wrap',
  'table-layout',
  'text-align',
  'text-decoration',
  'text-indent',
  'text-transform',
  'vertical-align',
  'white-space',
  'width',
  'word-break',
  'word-wrap',
])
const propertyFamilies = /^(?:border|padding|margin)(?:-(?:top|right|bottom|left))?(?:-(?:color|style|width))?$/
const plainValue = /^[\w\s.,#%'"!+-]{1,200}$/
const colourValue = /^(?:[\w\s.,#%'"!+-]|(?:rgb|hsl)a?\([\d\s.,%/]{1,40}\)){1,200}$/i

/** Only declarations whose property and value are both plainly harmless stay; functions, escapes and comments never do. */
export function safeStyle(style: string): string {
  const kept: string[] = []
  for (const declaration of style.slice(0, htmlCaps.style).split(';')) {
    const colon = declaration.indexOf(':')
    if (colon < 1) continue
    const property = declaration.slice(0, colon).trim().toLowerCase()
    const value = declaration.slice(colon + 1).trim()
    if (!properties.has(property) && !propertyFamilies.test(property)) continue
    if (!plainValue.test(value) && !(value.length <= 200 && colourValue.test(value))) continue
    if (/expression|javascript|url|import|var\s*\(/i.test(value)) continue
    if (
      property === 'display' &&
      !/^(?:none|block|inline|inline-block|table|table-row|table-cell|list-item)$/i.test(value)
    )
      continue
    if (/-\s*\d/.test(value) && (property.startsWith('margin') || property === 'text-indent')) continue
    kept.push(`${property}:${value.replaceAll('"', "'")}`)
  }
  return kept.join(';')
}

const safeLink = /^(?:https?:\/\/|mailto:|tel:)/i
/** On a page of ours: to another one, or to a part of itself. */
const ownLink = /^(?:\/help(?:\/[\p{L}\p{N}\p{M}%._~/#?=&-]*)?|#[\p{L}\p{N}\p{M}_-]{1,100})$/u
const pixel = /^data:image\/(?:png|gif|jpe?g|webp);base64,[a-z0-9+/=\s]+$/i

type Sanitising = { links: number; mentions: boolean; page: boolean }
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i

function safeAttributes(tag: string, raw: Record<string, string>, count: Sanitising): Record<string, string> {
  const mentioned = raw['data-mention'] ?? ''
  if (count.mentions && tag === 'span' && uuid.test(mentioned)) return { 'data-mention': mentioned.toLowerCase() }
  const out: Record<string, string> = {}
  if (count.page && tag === 'div' && asides.has(raw['data-aside'] ?? '')) out['data-aside'] = raw['data-aside']!
  if (count.page && tag === 'ol' && 'data-steps' in raw) out['data-steps'] = ''
  const mark = quoteMark(tag, raw)
  if (mark) out['data-quote'] = mark
  for (const name of Object.keys(raw)) {
    if (name.startsWith('data-')) continue
    const value = raw[name] ?? ''
    if (name === 'style') {
      const style = safeStyle(value)
      if (style) out.style = style
    } else if (name === 'href' && tag === 'a') {
      const href = compact(value)
      if (count.page && ownLink.test(href)) out.href = href
      else if (safeLink.test(href) && ++count.links <= htmlCaps.links) {
        out.href = href
        out.target = '_blank'
        out.rel = 'noopener noreferrer nofollow'
      }
    } else if (name === 'src' && tag === 'img') {
      const source = compact(value)
      if (/^cid:/i.test(source)) out['data-cid'] = source.slice(4).replace(/^<|>$/g, '')
      else if (/^https?:\/\//i.test(source)) out['data-remote-src'] = source
      else if (/^\/\/[a-z0-9]/i.test(source)) out['data-remote-src'] = `https:${source}`
      else if (pixel.test(source)) out.src = source
    } else if (value.length <= 1000) out[name] = value
  }
  return out
}

/** Browsers ignore blanks and control characters inside a scheme; so must the check. */
function compact(value: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
  return value.replace(/[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202f\ufeff]+/g, '')
}

/**
 * With `mentions`, spans that name a member of ours stay; with `page`, what makes a page of ours: for what members write, never
 * for what comes from outside.
 */
export function safeHtml(html: string, { mentions = false, page = false } = {}): string {
  const count = { links: 0, mentions, page }
  return sanitize(html, {
    allowedTags: tags,
    allowedAttributes: {
      '*': everywhere,
      a: ['href', 'target', 'rel'],
      img: ['src', 'alt', 'border', 'data-remote-src', 'data-cid', ...sized],
      table: ['border', 'cellpadding', 'cellspacing', ...sized],
      td: ['colspan', 'rowspan', 'nowrap', ...sized],
      th: ['colspan', 'rowspan', 'nowrap', ...sized],
      col: ['span', ...sized],
      colgroup: ['span', ...sized],
      font: ['color', 'face', 'size'],
      hr: ['size', 'color', 'noshade', ...sized],
      ol: ['start', 'type', 'reversed', 'data-steps'],
      div: ['data-aside'],
      ul: ['type'],
      li: ['value', 'type'],
      span: ['data-mention'],
      time: ['datetime'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowedSchemesByTag: { img: ['data'] },
    allowProtocolRelative: false,
    disallowedTagsMode: 'discard',
    nonTextTags: [
      'script',
      'style',
      'textarea',
      'option',
      'noscript',
      'title',
      'template',
      'xmp',
      'noembed',
      'noframes',
      'object',
      'svg',
      'math',
    ],
    nestingLimit: 200,
    parseStyleAttributes: false,
    enforceHtmlBoundary: false,
    transformTags: { '*': (tag, attributes) => ({ tagName: tag, attribs: safeAttributes(tag, attributes, count) }) },
  })
}
