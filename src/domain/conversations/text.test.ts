/** What a member wrote: kept as HTML or as lines, and never slow for everybody else. */
import { expect, test } from 'vitest'
import { written } from './text.ts'

test('HTML stays HTML, lines become paragraphs, and a bracket alone is no tag', () => {
  expect(written('<p>Good <b>day</b></p>')).toMatchObject({ html: '<p>Good <b>day</b></p>', text: 'Good day' })
  expect(written('a <b\n2 < 3')).toMatchObject({ html: '<p>a &lt;b</p><p>2 &lt; 3</p>' })
})

test.each([
  ['tags that never end', '<a'.repeat(200_000)],
  ['elements in elements in elements', `${'<div>'.repeat(40_000)}words${'</div>'.repeat(40_000)}`],
])('%s hold nobody up (S18)', (_, body) => {
  const begun = process.cpuUsage().user
  expect(written(body).text).toMatch(/words|<a<a/)
  expect((process.cpuUsage().user - begun) / 1000).toBeLessThan(1000)
})
