/** Thousands of hostile texts through the sanitisers: what came out once comes out again, and quickly. What a browser makes of it: test/browser/hostile.spec.ts. */
import { expect, test } from 'vitest'
import { payloads } from '../../../../test/browser/payloads.ts'
import { pageHtml } from './pageHtml.ts'
import { safeHtml } from './safeHtml.ts'

const all = payloads()
/** What is ours to say of a picture or a quotation is said once; from outside nobody says it. */
const unnamed = (html: string) => html.replace(/ data-(?:remote-src|cid|quote)="[^"]*"/g, '')

test('there are more than two thousand of them, no two alike', () => {
  expect(all.length).toBeGreaterThan(2000)
  expect(new Set(all.map(({ text }) => text)).size).toBeGreaterThan(2000)
})

test('what the sanitiser of mails made of each stays as it is', () => {
  const moved = all.flatMap(({ text }) => {
    const once = safeHtml(text)
    const twice = safeHtml(once)
    return twice === unnamed(once) ? [] : [{ text, once, twice }]
  })
  expect(moved).toEqual([])
})

test('what the sanitiser of pages made of each stays as it is', () => {
  const moved = all.flatMap(({ text }) => {
    const once = pageHtml(safeHtml(text, { page: true }))
    const twice = pageHtml(once)
    return twice === once ? [] : [{ text, once, twice }]
  })
  expect(moved).toEqual([])
})
