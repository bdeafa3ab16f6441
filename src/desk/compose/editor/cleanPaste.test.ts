/** What Word, Outlook, Google Docs and web pages put on the clipboard, and what stays of it. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { cleanPaste } from './cleanPaste.ts'

const wordParagraph = (text: string, list = '') =>
  `<p class=MsoNormal style='margin-bottom:8.0pt;${list}'><span lang=EN-GB style='font-size:12.0pt;font-family:"Calibri",sans-serif;mso-ansi-language:EN-GB'>${text}<o:p></o:p></span></p>`
const wordItem = (sign: string, level: number, text: string) =>
  `<p class=MsoListParagraphCxSpMiddle style='margin-left:36.0pt;text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='font-family:Symbol;mso-fareast-font-family:Symbol'><span style='mso-list:Ignore'>${sign}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;&nbsp; </span></span></span><![endif]>${text}<o:p></o:p></p>`
const word = (body: string) =>
  `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta name=Generator content="Microsoft Word 15"><!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--><style><!-- p.MsoNormal {margin:0} --></style></head><body lang=EN-GB><!--StartFragment-->${body}<!--EndFragment--></body></html>`

describe('from Word', () => {
  test('paragraphs come without classes, styles and Word’s own elements', () => {
    expect(cleanPaste(word(wordParagraph('The grinder is <b>loud</b>.')))).toBe('<p>The grinder is <b>loud</b>.</p>')
  })

  test('lists are lists again, nested as deep as they were', () => {
    const html = word(
      [
        wordParagraph('Before'),
        wordItem('·', 1, 'clean the drum'),
        wordItem('o', 2, 'with a brush'),
        wordItem('·', 1, 'let it dry'),
        wordParagraph('After'),
      ].join('\r\n'),
    )
    expect(cleanPaste(html).replace(/\s+</g, '<')).toBe(
      '<p>Before</p><ul><li><p>clean the drum</p><ul><li><p>with a brush</p></li></ul></li><li><p>let it dry</p></li></ul><p>After</p>',
    )
  })

  test('numbered lists keep their numbers as numbers', () => {
    expect(cleanPaste(word(wordItem('1.', 1, 'first') + wordItem('2.', 1, 'second')))).toBe(
      '<ol><li><p>first</p></li><li><p>second</p></li></ol>',
    )
  })

  test('comments and what was hidden stay behind', () => {
    const html = word(
      `<p class=MsoNormal>Seen<span class=MsoCommentReference><span style='display:none'>[A1]</span></span></p><div style='mso-element:comment-list'><span style='mso-hide:all'>secret</span></div>`,
    )
    expect(cleanPaste(html)).not.toMatch(/A1|secret/)
  })

  test('a table keeps its cells and nothing of its looks', () => {
    const html = word(
      `<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'><td width=200 valign=top style='width:150pt' colspan=2><p class=MsoNormal>Part<o:p></o:p></p></td></tr></table>`,
    )
    expect(cleanPaste(html)).toBe('<table><tr><td colspan="2"><p>Part</p></td></tr></table>')
  })
})

describe('from elsewhere', () => {
  test('Google Docs: the bold around everything is none, and styled spans are what they mean', () => {
    const html = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr" style="line-height:1.38"><span style="font-size:11pt;font-weight:700;font-style:normal">Hello</span><span style="font-weight:400;font-style:italic"> you</span></p><br></b>`
    expect(cleanPaste(html)).toBe('<p><strong>Hello</strong><em> you</em></p><br>')
  })

  test('Outlook: empty spans and office elements go, links stay', () => {
    const html = `<div class="WordSection1"><p class="MsoNormal"><span></span><a href="https://x.example/?a=1&amp;b=2" target="_blank" style="color:blue">the plate</a><span style="color:#1F497D">&nbsp;</span><o:p>&nbsp;</o:p></p></div>`
    expect(cleanPaste(html)).toBe('<div><p><a href="https://x.example/?a=1&amp;b=2">the plate</a> &nbsp;</p></div>')
  })

  test('scripts, frames, forms and links that run something never come along', () => {
    const html = `<p onclick="x()">a<script>alert(1)</script><iframe src="//x"></iframe><a href="javascript:alert(1)">b</a><img src=x onerror=alert(1)><form><input></form></p>`
    const clean = cleanPaste(html)
    expect(clean).toBe('<p>ab<img src="x"></p>')
  })

  test('mentions of our own survive being moved', () => {
    expect(cleanPaste('<p><span data-mention="7" class="mention">@Bram</span></p>')).toBe(
      '<p><span data-mention="7">@Bram</span></p>',
    )
  })
})

describe('whatever is pasted', () => {
  test('is never a reason to throw, and never holds a script', () => {
    const piece = fc.oneof(
      fc.string({ maxLength: 12 }),
      fc.constantFrom(
        '<p>',
        '</p>',
        '<script>',
        '</script>',
        '<!--',
        '-->',
        '<b ',
        'style="',
        '"',
        "'",
        '>',
        '<o:p>',
        '<ul><li>',
        '&nbsp;',
        '<td',
      ),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
        expect(cleanPaste(pieces.join(''))).not.toMatch(/<(?:script|style|iframe)\b/i)
      }),
    )
  })

  test('words survive: nothing of a text is lost', () => {
    const words = fc.array(fc.stringMatching(/^[a-z]{1,8}$/), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(words, all => {
        const clean = cleanPaste(word(all.map(text => wordParagraph(text)).join('\n')))
        expect(
          clean
            .replace(/<[^>]*>/g, ' ')
            .trim()
            .split(/\s+/),
        ).toEqual(all)
      }),
    )
  })

  test('a novel is clean before anybody waits', () => {
    const novel = word(wordParagraph('It was a dark and stormy night; the rain fell in torrents.').repeat(4500))
    expect(novel.length).toBeGreaterThan(1_000_000)
    const started = performance.now()
    expect(cleanPaste(novel)).toContain('stormy')
    expect(performance.now() - started).toBeLessThan(3000)
  })

  test.each([
    ['open tags', '<p>'.repeat(100_000)],
    ['open comments', '<!--'.repeat(100_000)],
    ['open quotes', '<a href="'.repeat(50_000)],
    ['styles without end', '<style>'.repeat(50_000)],
  ])('%s cost no more than reading them', (_, html) => {
    const started = performance.now()
    cleanPaste(html)
    expect(performance.now() - started).toBeLessThan(3000)
  })
})
