/** Draws a letter as mail clients can show it: one table, styles inline, dark by media query, no picture, and of the installation's look its accent alone, for links, rows and the promise; and the same words as plain text. Everything but a person's own sanitised HTML is escaped here. */

import { type Accent, accentFrom } from '../../../contract/colour.ts'

/** Words with `<1>…</1>` around what is set bold; gaps are filled and escaped already. */
export type Rich = string

export type Block =
  | { is: 'line'; words: Rich }
  /** What a person wrote: safe HTML and the same as text. */
  | { is: 'written'; html: string; text: string }
  /** The only framed thing. A dashed frame says that nobody has spoken yet. */
  | { is: 'promise'; strong: string; beneath: string | null; automatic: boolean }
  | { is: 'signature'; name: string; beneath: string }
  /** A signature somebody wrote: safe HTML and the same as text. */
  | { is: 'signed'; html: string; text: string }
  | { is: 'quote'; head: string; text: string }
  | { is: 'link'; label: string; what?: string | null; address: string }

export type Letter = {
  language: string
  rightToLeft: boolean
  subject: string
  /** Shown beside the subject in lists of mail. */
  preview: string
  top: Rich
  blocks: Block[]
  foot: string[]
  footLinks: { label: string; address: string }[]
}

const sans = `font-family:'Segoe UI',-apple-system,Roboto,Arial,sans-serif;`
const book = `font-family:Georgia,'Noto Serif',serif;`
/** look/tokens.md; where the installation chose none, or one that could not be read. */
const pondBlue = {
  light: { accent: '#1a6084', soft: '#e4f0f5' },
  dark: { accent: '#82bdd8', soft: '#15303d' },
}
type Colours = Pick<Accent['light'], 'accent' | 'soft'>

/** Into a mail goes nothing but a colour, whatever a database holds. */
function coloursOf(accent: string | null): { light: Colours; dark: Colours } {
  return (accent !== null && /^#[\da-f]{6}$/i.test(accent) && accentFrom(accent)) || pondBlue
}

function styleWith(light: Colours, dark: Colours): string {
  return `@media (prefers-color-scheme:dark){.bg{background:#171e1d!important}.ink{color:#e3e9e7!important}.mut{color:#9eaba8!important}.acc,.own a{color:${dark.accent}!important}.ln{border-color:#2b3533!important}.soft{background:${dark.soft}!important;border-color:${dark.soft}!important}.row{background:#171e1d!important;border-color:#71807c!important}}.own p{margin:0 0 16px}.own :last-child{margin-bottom:0}.own a{color:${light.accent}}`
}

export function letterHtml(letter: Letter, accent: string | null = null): string {
  const { light, dark } = coloursOf(accent)
  const subject = escaped(letter.subject)
  const side = letter.rightToLeft ? 'right' : 'left'
  const tongue = `lang="${escaped(letter.language)}" dir="${letter.rightToLeft ? 'rtl' : 'ltr'}"`
  const rows = [
    row('0 0 22px', paragraph('mut', `${sans}font-size:15px;line-height:22px;color:#54615f;`, rich(letter.top))),
    ...letter.blocks.map(block => drawn(block, side, light)),
    `<tr><td class="ln" style="padding:18px 0 0;border-top:1px solid #dde3e1;">${paragraph('mut', `${sans}font-size:14px;line-height:21px;color:#54615f;`, [...letter.foot.map(escaped), ...footLinks(letter, light)].join('<br>'))}</td></tr>`,
  ]
  return `<!doctype html>
<html ${tongue}><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark"><title>${subject}</title>
<style>${styleWith(light, dark)}</style></head>
<body class="bg" style="margin:0;padding:0;background:#ffffff;">
<div style="display:none;max-height:0;overflow:hidden;">${escaped(letter.preview)}</div>
<div role="article" aria-roledescription="email" aria-label="${subject}" ${tongue}><table role="presentation" class="bg" width="100%" cellpadding="0" cellspacing="0" border="0" style="background:#ffffff;"><tr><td align="center" style="padding:28px 20px 36px;">
<!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0"><tr><td><![endif]-->
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;text-align:${side};overflow-wrap:anywhere;word-break:break-word;">
${rows.join('\n')}
</table>
<!--[if mso]></td></tr></table><![endif]-->
</td></tr></table></div>
</body></html>
`
}

/** Quoted lines begin with `> `, so that the next reply can be trimmed by anyone. */
export function letterText(letter: Letter): string {
  const parts = [
    plain(letter.top),
    ...letter.blocks.map(textOf),
    ['--------', ...letter.foot, ...letter.footLinks.map(({ label, address }) => `${label}: ${address}`)].join('\n'),
  ]
  return `${parts.join('\n\n')}\n`
}

function drawn(block: Block, side: 'left' | 'right', colours: Colours): string {
  switch (block.is) {
    case 'line':
      return row(
        '0 0 16px',
        paragraph('ink', `${sans}font-size:16px;line-height:25px;color:#1a2322;`, rich(block.words)),
      )
    case 'written':
      return row(
        '0 0 20px',
        `<div class="ink own" dir="auto" style="${book}font-size:18px;line-height:28px;color:#1a2322;">${block.html}</div>`,
      )
    case 'promise':
      return row('6px 0 22px', promise(block, colours))
    case 'signature':
      return row(
        '0 0 26px',
        paragraph(
          'ink',
          `${book}font-size:18px;line-height:28px;color:#1a2322;`,
          `${escaped(block.name)}<br><span class="mut" style="${sans}font-size:15px;color:#54615f;">${escaped(block.beneath)}</span>`,
        ),
      )
    case 'signed':
      return row(
        '0 0 26px',
        `<div class="ink own" dir="auto" style="${sans}font-size:15px;line-height:23px;color:#1a2322;">${block.html}</div>`,
      )
    case 'quote':
      return row('2px 0 26px', quote(block, side))
    case 'link':
      // Several stand close together, as rows of one list.
      return row('2px 0 8px', link(block, colours))
  }
}

function promise(block: Extract<Block, { is: 'promise' }>, { soft }: Colours): string {
  const frame = block.automatic
    ? '<td class="row" style="padding:13px 16px;border:1px dashed #7d8986;border-radius:6px;">'
    : `<td class="soft" style="padding:13px 16px;background:${soft};border:1px solid ${soft};border-radius:6px;">`
  const beneath = block.beneath ? `<br><span class="mut" style="color:#54615f;">${escaped(block.beneath)}</span>` : ''
  const words = paragraph(
    'ink',
    `${sans}font-size:16px;line-height:24px;color:#1a2322;`,
    `<b>${escaped(block.strong)}</b>${beneath}`,
  )
  return table(`${frame}${words}</td>`)
}

function quote(block: Extract<Block, { is: 'quote' }>, side: 'left' | 'right'): string {
  const head = `<p class="mut" style="${sans}margin:0 0 4px;font-size:14px;line-height:21px;color:#54615f;">${escaped(block.head)}</p>`
  const words = paragraph(
    'mut',
    `${book}font-size:16px;line-height:25px;color:#54615f;`,
    escaped(block.text).replaceAll('\n', '<br>'),
  )
  // A real blockquote: mail clients fold it and trimmers know it.
  return `<blockquote type="cite" dir="auto" class="ln" style="margin:0;border-${side}:3px solid #dde3e1;padding:2px 16px;">${head}${words}</blockquote>`
}

function link(block: Extract<Block, { is: 'link' }>, { accent }: Colours): string {
  const what = block.what
    ? `<span class="mut" style="${sans}display:block;font-size:15px;line-height:22px;color:#54615f;">${escaped(block.what).replaceAll('\n', '<br>')}</span>`
    : ''
  return table(
    `<td class="row" style="border:1px solid #7d8986;border-radius:6px;"><a href="${escaped(block.address)}" style="display:block;padding:12px 16px;text-decoration:none;"><span class="acc" style="${sans}display:block;font-size:16px;line-height:24px;font-weight:600;color:${accent};text-decoration:underline;">${escaped(block.label)}</span>${what}</a></td>`,
  )
}

function footLinks({ footLinks: links }: Letter, { accent }: Colours): string[] {
  if (links.length === 0) return []
  const drawn = links.map(
    ({ label, address }) => `<a class="acc" href="${escaped(address)}" style="color:${accent};">${escaped(label)}</a>`,
  )
  return [drawn.join(' · ')]
}

function textOf(block: Block): string {
  switch (block.is) {
    case 'line':
      return plain(block.words)
    case 'written':
      return block.text.trim()
    case 'promise':
      return [`* ${block.strong}`, ...(block.beneath ? [`  ${block.beneath}`] : [])].join('\n')
    case 'signature':
      return `${block.name}\n${block.beneath}`
    // The line that programs know a signature by (RFC 3676, section 4.3).
    case 'signed':
      return `-- \n${block.text.trim()}`
    case 'quote':
      return [block.head, ...block.text.split('\n').map(line => (line === '' ? '>' : `> ${line}`))].join('\n')
    case 'link':
      return [`${block.label}:`, ...(block.what ? [block.what] : []), block.address].join('\n')
  }
}

function row(padding: string, inside: string): string {
  return `<tr><td style="padding:${padding};">${inside}</td></tr>`
}
function table(cell: string): string {
  return `<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr>${cell}</tr></table>`
}
function paragraph(colour: 'ink' | 'mut', style: string, inside: string): string {
  return `<p class="${colour}" style="${style}margin:0;">${inside}</p>`
}
function rich(words: Rich): string {
  return escaped(words)
    .replaceAll('&lt;1&gt;', '<b class="ink" style="color:#1a2322;">')
    .replaceAll('&lt;/1&gt;', '</b>')
}
function plain(words: Rich): string {
  return words.replaceAll(/<\/?1>/g, '')
}
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}
