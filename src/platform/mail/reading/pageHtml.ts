/**
 * Narrows HTML that is safe already to what a page of ours is made of: headings of two ranks, lists, tables, code, pictures
 * of our own store, and boxes that say a word aside. No colours, no fonts, no styles: a page looks like every other page.
 */
import sanitize from 'sanitize-html'

const tags =
  'a abbr b bdi blockquote br caption code dd del div dl dt em figcaption figure h2 h3 hr i img ins kbd li mark ol p pre s strong sub sup table tbody td tfoot th thead tr u ul'.split(
    ' ',
  )
const ranks: Record<string, string> = { h1: 'h2', h4: 'h3', h5: 'h3', h6: 'h3', strike: 'del' }
export const asides: ReadonlySet<string> = new Set(['note', 'tip', 'warning'])

export function pageHtml(safe: string): string {
  return sanitize(safe, {
    allowedTags: tags,
    allowedAttributes: {
      '*': ['dir', 'lang'],
      a: ['href', 'target', 'rel'],
      img: ['data-cid', 'alt'],
      td: ['colspan', 'rowspan'],
      th: ['colspan', 'rowspan'],
      ol: ['start', 'data-steps'],
      div: ['data-aside'],
      abbr: ['title'],
      mark: ['title'],
    },
    allowedSchemes: ['http', 'https', 'mailto', 'tel'],
    allowProtocolRelative: false,
    nestingLimit: 60,
    enforceHtmlBoundary: false,
    exclusiveFilter: ({ tag, attribs }) => tag === 'img' && !attribs['data-cid'],
    transformTags: Object.fromEntries(Object.entries(ranks).map(([from, to]) => [from, to])),
  })
}
