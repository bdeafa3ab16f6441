/** HTML of strangers: nothing may run, load or leave its place; what may stay does. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { corpus } from '../../../../test/corpora.ts'
import { safeHtml, safeStyle } from './safeHtml.ts'

const file = corpus('html-sanitizing.json')

/** What is left is tags of the list with quoted attributes: then these few patterns see everything that could act. */
function dangers(html: string): string[] {
  const found: string[] = []
  for (const [, closing, tag, attributes] of html.matchAll(/<(\/?)([^\s>/]*)([^>]*)>/g)) {
    if (
      !/^[a-z][a-z0-9]*$/.test(tag!) ||
      /^(?:script|style|iframe|object|embed|form|input|button|svg|math|meta|link|base|applet|frame|frameset|video|audio|template|noscript|textarea|select)$/.test(
        tag!,
      )
    )
      found.push(`tag ${tag}`)
    if (closing) continue
    for (const [, name, value] of attributes!.matchAll(/\s([^\s=/>]+)(?:="([^"]*)")?/g)) {
      if (/^(?:on|src(?:set|doc)|action|formaction|background|poster|xmlns|xlink|id$|name$|class$)/i.test(name!))
        found.push(`attribute ${name}`)
      const plain = (value ?? '').replaceAll('&amp;', '&')
      if (name === 'href' && !/^(?:https?:\/\/|mailto:|tel:)/i.test(plain)) found.push(`href ${plain}`)
      if (name === 'src' && !/^data:image\/(?:png|gif|jpe?g|webp);base64,/i.test(plain)) found.push(`src ${plain}`)
      if (name === 'style' && /url|expression|javascript|@import|behavio|binding|position|\\|\/\*/i.test(plain))
        found.push(`style ${plain}`)
    }
  }
  if (/<(?![/a-z])/i.test(html)) found.push('a bare <')
  return found
}

test.skipIf(!file)('nothing of the sanitiser corpus can act', () => {
  const cases = JSON.parse(readFileSync(file!, 'utf8')) as { name: string; input: string }[]
  const acting = cases
    .map(({ name, input }) => ({ name, found: dangers(safeHtml(input)) }))
    .filter(({ found }) => found.length > 0)
  console.log(`html-sanitizing: ${cases.length - acting.length} of ${cases.length} harmless`)
  expect(acting).toEqual([])
})

describe('by example', () => {
  test('remote pictures wait, enclosed ones are named, links open apart', () => {
    const html = safeHtml(
      '<p><img src="https://t.example/p.gif" width=1><img src="cid:k1@x"><a href="https://a.example" onclick="x()">a</a></p>',
    )
    expect(html).toContain('data-remote-src="https://t.example/p.gif"')
    expect(html).toContain('<img data-cid="k1@x" />')
    expect(html).toContain('<a href="https://a.example" target="_blank" rel="noopener noreferrer nofollow">a</a>')
    expect(html).not.toContain(' src=')
    expect(dangers(html)).toEqual([])
  })
  test('styles keep what is harmless', () => {
    expect(
      safeStyle(
        'color:red; position:fixed; background:url(//x); font-size:12px; margin-left:-900px; width:expression(x)',
      ),
    ).toBe('color:red;font-size:12px')
    expect(safeStyle('color: rgb(1, 2, 3); display: flex; background: #fff')).toBe('color:rgb(1, 2, 3);background:#fff')
  })
  test('schemes in disguise are dropped', () => {
    for (const href of [
      'javascript:x',
      'java\nscript:x',
      ' javascript:x',
      '&#106;avascript:x',
      'vbscript:x',
      'data:text/html,x',
      '\u0001javascript:x',
    ])
      expect(safeHtml(`<a href="${href}">x</a>`)).not.toContain('href')
  })
  test('nothing of the mail can pose as a mark of ours', () => {
    expect(safeHtml('<p data-quote="after" data-cid="x" data-remote-src="y">x</p>')).toBe('<p>x</p>')
  })
})

test('no HTML that chance makes can act', () => {
  const piece = fc.constantFrom(
    '<',
    '>',
    '"',
    "'",
    '=',
    ' ',
    '/',
    'a',
    'img',
    'script',
    'svg',
    'style',
    'src',
    'href',
    'onerror',
    'javascript:',
    'https://x',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '&lt;',
    '&#x3c;',
    '\u0000',
    '`',
    'x',
    '<p',
    '<a href=',
    '<img src=',
    '</',
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), pieces => {
      expect(dangers(safeHtml(pieces.join('')))).toEqual([])
    }),
    { numRuns: 1000 },
  )
})
