/** Mentions in a note: read from safe HTML, named by us, and nothing from outside passes for one. */
import { expect, test } from 'vitest'
import { mentionsIn, withNames } from './mentions.ts'
import { written } from './text.ts'

const ana = '01a202bf-0000-7000-8000-00000000000a'
const bram = '01a202bf-0000-7000-8000-00000000000b'
const names = new Map([
  [ana, 'Ana <Kovačević>'],
  [bram, 'Bram de Wit'],
])
const note = (html: string) => written(html, { mentions: true })

test('the name is ours, whatever stood there, and the text says it, too', () => {
  const body = withNames(
    note(`<p>ask <span data-mention="${ana}" style="color:red" onclick="x()">@The <b>boss</b></span>!</p>`),
    names,
  )
  expect(body.html).toBe(`<p>ask <span data-mention="${ana}">@Ana &lt;Kovačević&gt;</span>!</p>`)
  expect(body.text).toBe('ask @Ana <Kovačević>!')
})

test('a mention inside a mention is its label, and spans around stay', () => {
  const html = `<p><span>x <span data-mention="${bram}">@<span data-mention="${ana}">Ana</span> y</span> z</span> <span data-mention="${ana.toUpperCase()}">@Ana</span></p>`
  expect(mentionsIn(note(html).html).map(({ id, label }) => [id, label])).toEqual([
    [bram, 'Ana y'],
    [ana, 'Ana'],
  ])
  expect(withNames(note(html), names).text).toBe('x @Bram de Wit z @Ana <Kovačević>')
})

test('only a span with an id is one; in what goes out or comes in there are none', () => {
  expect(mentionsIn(note(`<p><b data-mention="${ana}">@Ana</b><span data-mention="x">@y</span></p>`).html)).toEqual([])
  expect(written(`<p><span data-mention="${ana}">@Ana</span></p>`).html).not.toContain('data-mention')
})

test('ten thousand of them are read in time', () => {
  const many = Array.from({ length: 10_000 }, () => `<span data-mention="${ana}">@Ana</span>`).join(' ')
  const began = performance.now()
  expect(mentionsIn(many)).toHaveLength(10_000)
  expect(performance.now() - began).toBeLessThan(3000)
})
