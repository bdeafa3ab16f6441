/** Who reads and publishes, what becomes of a version, what an address is made of, and that no search keeps what is somebody's. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { audiences, versionStates } from '../../contract/knowledge.ts'
import { differenceOf } from './difference.ts'
import { broughtFrom, within } from './import/page-rules.ts'
import { forReading } from './outward.ts'
import { afterTurn, isSlug, missOf, publishesArticle, readsArticle, slugOf } from './rules.ts'

const organisations = fc.subarray(['a', 'b', 'c'])
const article = fc.record({ audience: fc.constantFrom(...audiences), organisationIds: organisations })
const person = fc.record({ is: fc.constant('person' as const), personId: fc.constant('p'), organisations })

test('whoever is nearer reads at least what those further out read, and what is inside only those inside', () => {
  fc.assert(
    fc.property(article, person, (it, as) => {
      const [anybody, near, inside] = [{ is: 'anybody' as const }, as, { is: 'inside' as const }].map(each =>
        readsArticle(each, it),
      )
      expect(inside).toBe(true)
      if (anybody) expect(near).toBe(true)
      expect(anybody).toBe(it.audience === 'public')
      if (it.audience === 'inside') expect(near).toBe(false)
      if (it.audience === 'organisation')
        expect(near).toBe(it.organisationIds.some(id => as.organisations.includes(id)))
    }),
  )
})

test('a lead and an administrator publish, an owner what stands already, and nobody else', () => {
  const who = (role: 'lead' | 'teammate', administrator = false) => ({
    personId: 'me',
    administrator,
    roles: new Map([['t', role]]),
  })
  const mine = { ownerId: 'me', published: true }
  expect(publishesArticle(who('lead'), { ownerId: 'x', published: false })).toBe(true)
  expect(publishesArticle({ ...who('teammate', true) }, { ownerId: 'x', published: false })).toBe(true)
  expect(publishesArticle(who('teammate'), mine)).toBe(true)
  expect(publishesArticle(who('teammate'), { ...mine, published: false })).toBe(false)
  expect(publishesArticle(who('teammate'), { ...mine, ownerId: 'x' })).toBe(false)
})

test('what was replaced never becomes anything, and what stands is only taken back', () => {
  for (const turn of ['ask-review', 'send-back', 'publish', 'schedule', 'withdraw'] as const) {
    expect(afterTurn('replaced', turn)).toBeNull()
    expect(afterTurn('published', turn)).toBe(turn === 'withdraw' ? 'withdrawn' : null)
    for (const state of versionStates) {
      const next = afterTurn(state, turn)
      if (next) expect(next).not.toBe(state === 'scheduled' && turn === 'schedule' ? '' : 'replaced')
    }
  }
})

test('any title makes an address, also in other alphabets', () => {
  expect(slugOf('Descale the steam boiler of a Faro 3!')).toBe('descale-the-steam-boiler-of-a-faro-3')
  expect(slugOf('Größe & Maß: 5 €')).toBe('grosse-mass-5')
  expect(slugOf('إزالة الكلس')).toBe('إزالة-الكلس')
  expect(slugOf('   ')).toBe('article')
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), title => isSlug(slugOf(title))))
})

test('a search that found nothing is kept without addresses and numbers', () => {
  expect(missOf('Refund for ines@saudade.example order 4711-2288')).toBe('refund for order')
  expect(missOf('call +31 10 555 0175')).toBe('call')
  expect(missOf('F3 leaks')).toBe('f3 leaks')
  expect(missOf('@ 12345')).toBeNull()
})

test('a difference loses nothing: what is same and added is the new text, what is same and removed the old one', () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 60 }), fc.lorem({ maxCount: 60 }), (before, after) => {
      const parts = differenceOf(before, after)
      expect(
        parts
          .filter(each => each.is !== 'removed')
          .map(each => each.text)
          .join(''),
      ).toBe(after)
      expect(
        parts
          .filter(each => each.is !== 'added')
          .map(each => each.text)
          .join(''),
      ).toBe(before)
    }),
    { numRuns: 40 },
  )
})

test('headings can be pointed to, each by its own name, and links of ours stay in the window', () => {
  const { html, headings } = forReading(
    '<h2>What to do</h2><p><a href="https://help.example/help/articles/a/b" target="_blank" rel="noopener">x</a> <a href="https://youtu.be/1" target="_blank" rel="noopener noreferrer nofollow">v</a></p><h2>What to do</h2><table><tbody><tr><td>1</td></tr></tbody></table><img alt="a" data-cid="00000000-0000-7000-8000-000000000000" />',
    { table: 'A "table"', video: 'Video' },
    'https://help.example',
  )
  expect(headings.map(each => each.id)).toEqual(['s-what-to-do', 's-what-to-do-2'])
  expect(html).toContain('<a href="/help/articles/a/b">x</a>')
  expect(html).toContain('class="video"')
  expect(html).toContain('aria-label="A &quot;table&quot;"')
  expect(html).toContain('src="/help/pictures/00000000-0000-7000-8000-000000000000"')
})

test('a file says its title, language and words; a link never leads out of the zip', () => {
  const page = broughtFrom(
    'machines/02-faro_3.de.md',
    '---\ntitle: Entkalken\nsummary: Kurz\naudience: inside\n---\n# Entkalken\n\nText',
  )
  expect(page).toMatchObject({
    key: 'machines/02-faro_3',
    language: 'de',
    title: 'Entkalken',
    audience: 'inside',
    folder: ['Machines'],
  })
  expect(page.body.trim()).toBe('Text')
  expect(broughtFrom('x.html', '<html><head><title>T</title></head><body><p>a</p></body></html>')).toMatchObject({
    title: 'T',
    body: '<p>a</p>',
  })
  const begun = performance.now()
  broughtFrom('x.html', '<body<title'.repeat(40_000))
  expect(performance.now() - begun).toBeLessThan(2000)
  expect(within('a/b.md', '../c.md')).toBe('c.md')
  for (const href of ['../../etc/passwd', 'https://x.example/a', '//x.example', 'javascript:alert(1)', '#here'])
    expect(within('a/b.md', href)).toBeNull()
})
