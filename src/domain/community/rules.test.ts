/** Who reads, who waits, what flags do: examples, and what holds for all of them. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { audiences } from '../../contract/knowledge.ts'
import { isHomograph, shownHost } from './hosts.ts'
import {
  type CommunityAs,
  countsAsFlag,
  hiddenByFlags,
  mentionsIn,
  minutesToWait,
  paceOf,
  readsCategory,
  readsPost,
  trustOf,
  waitsFor,
  whyNotBegin,
  whyNotWrite,
} from './rules.ts'
import { readyPost } from './text.ts'

const organisation = fc.constantFrom('a', 'b', 'c')
const guarded = fc.record({ audience: fc.constantFrom(...audiences), organisationIds: fc.uniqueArray(organisation) })
const place = fc
  .tuple(guarded, fc.record({ begins: fc.constantFrom('everybody' as const, 'us' as const), archived: fc.boolean() }))
  .map(([who, how]) => ({ ...who, ...how }))
const person = fc
  .uniqueArray(organisation)
  .map((organisations): CommunityAs => ({ is: 'person', personId: 'p', organisations }))
const inside = fc
  .tuple(fc.boolean(), fc.boolean())
  .map(([tends, settles]): CommunityAs => ({ is: 'inside', personId: 'm', tends, settles }))
const as = fc.oneof(fc.constant<CommunityAs>({ is: 'anybody' }), person, inside)

describe('who reads and writes', () => {
  test('signing in opens nothing less, and being of us opens all', () => {
    fc.assert(
      fc.property(as, inside, guarded, (who, us, category) => {
        if (readsCategory({ is: 'anybody' }, category)) expect(readsCategory(who, category)).toBe(true)
        expect(readsCategory(us, category)).toBe(true)
        if (category.audience === 'inside' && who.is !== 'inside') expect(readsCategory(who, category)).toBe(false)
      }),
    )
  })
  test('customers of one organisation read nothing that is for another', () => {
    fc.assert(
      fc.property(person, guarded, (who, category) => {
        if (who.is !== 'person' || category.audience !== 'organisation') return
        expect(readsCategory(who, category)).toBe(category.organisationIds.some(id => who.organisations.includes(id)))
      }),
    )
  })
  test('nobody writes where they can’t read, nor without being signed in', () => {
    const topic = fc.record({ state: fc.constantFrom('standing' as const, 'removed' as const), locked: fc.boolean() })
    fc.assert(
      fc.property(as, place, topic, (who, where, what) => {
        for (const why of [whyNotBegin(who, where), whyNotWrite(who, where, what)]) {
          if (!readsCategory(who, where)) expect(why).toBe('absent')
          else if (who.is === 'anybody') expect(why).toBe('sign-in-to-write')
          else if (where.archived) expect(why).not.toBeNull()
        }
        if (what.locked && whyNotWrite(who, where, what) === null)
          expect(who).toMatchObject({ is: 'inside', tends: true })
      }),
    )
  })
  test('what waits is seen by whoever wrote it and by those who look, and what was taken away by nobody', () => {
    expect(readsPost({ is: 'anybody' }, { state: 'waiting', mine: false })).toBe(false)
    expect(readsPost({ is: 'person', personId: 'p', organisations: [] }, { state: 'hidden', mine: true })).toBe(true)
    expect(
      readsPost({ is: 'inside', personId: 'm', tends: false, settles: false }, { state: 'waiting', mine: false }),
    ).toBe(false)
    expect(
      readsPost({ is: 'inside', personId: 'm', tends: true, settles: false }, { state: 'removed', mine: true }),
    ).toBe(false)
  })
})

describe('trust', () => {
  const deeds = fc.record({ days: fc.nat(100), stood: fc.nat(300), removed: fc.nat(40) })
  const rank = { new: 0, known: 1, trusted: 2 }
  test('grows with days and posts that stood, and shrinks with what was taken away', () => {
    fc.assert(
      fc.property(deeds, fc.nat(50), (it, more) => {
        const now = rank[trustOf(it)]
        expect(rank[trustOf({ ...it, days: it.days + more })]).toBeGreaterThanOrEqual(now)
        expect(rank[trustOf({ ...it, stood: it.stood + more })]).toBeGreaterThanOrEqual(now)
        expect(rank[trustOf({ ...it, removed: it.removed + more })]).toBeLessThanOrEqual(now)
      }),
    )
  })
  test('many posts on one day make nobody known', () => {
    expect(trustOf({ days: 1, stood: 500, removed: 0 })).toBe('new')
    expect(trustOf({ days: 2, stood: 3, removed: 0 })).toBe('known')
    expect(trustOf({ days: 15, stood: 30, removed: 0 })).toBe('trusted')
  })
  test('who is new writes more slowly', () => {
    const none = { tenMinutes: 0, day: 0, topicsDay: 0 }
    expect(minutesToWait('new', none, true)).toBeNull()
    expect(minutesToWait('new', { ...none, tenMinutes: 3 }, false)).toBe(10)
    expect(minutesToWait('trusted', { ...none, tenMinutes: 3 }, false)).toBeNull()
    expect(minutesToWait('new', { ...none, topicsDay: 3 }, true)).toBe(1440)
    expect(minutesToWait('new', { ...none, topicsDay: 3 }, false)).toBeNull()
    expect(paceOf('known').day).toBeGreaterThan(paceOf('new').day)
  })
})

describe('what waits for a look', () => {
  const fine = {
    ...{ trust: 'new' as const, approve: 'when-odd' as const, links: 0, misleads: false },
    ...{ waiting: 0, newcomers: 0, saidByOthers: false },
  }
  test('first words with a link, when one waits already, or when many newcomers come; else it stands at once', () => {
    expect(waitsFor(fine)).toBeNull()
    expect(waitsFor({ ...fine, links: 1 })).toBe('links')
    expect(waitsFor({ ...fine, waiting: 1 })).toBe('many')
    expect(waitsFor({ ...fine, newcomers: 25 })).toBe('flood')
    expect(waitsFor({ ...fine, approve: 'all-new' })).toBe('first')
    expect(waitsFor({ ...fine, trust: 'known', links: 2, newcomers: 100, approve: 'all-new' })).toBeNull()
    expect(waitsFor({ ...fine, trust: 'trusted', misleads: true })).toBe('links')
    expect(waitsFor({ ...fine, trust: 'known', saidByOthers: true })).toBe('same')
  })
  test('only flags of people we know well hide a post, and never what a teammate let stand', () => {
    expect(countsAsFlag('known')).toBe(false)
    const it = { counting: 3, toHide: 3, state: 'standing' as const, byUs: false, looked: false }
    expect(hiddenByFlags(it)).toBe(true)
    expect(hiddenByFlags({ ...it, counting: 2 })).toBe(false)
    expect(hiddenByFlags({ ...it, looked: true })).toBe(false)
    expect(hiddenByFlags({ ...it, byUs: true })).toBe(false)
  })
})

describe('mentions', () => {
  const people = [
    { personId: '1', name: 'Camila Restrepo' },
    { personId: '2', name: 'Camila Restrepo Díaz' },
    { personId: '3', name: 'Tomasz Wróbel' },
  ]
  test('name who takes part, by the longest name that fits, or by a first name that is one person’s', () => {
    expect(mentionsIn('@Camila Restrepo Díaz, see', people)).toEqual(['2'])
    expect(mentionsIn('thanks @camila restrepo!', people)).toEqual(['1'])
    expect(mentionsIn('@Tomasz: and @Camila?', people)).toEqual(['3'])
    expect(mentionsIn('mail tomasz@Tomasz.example', people)).toEqual([])
    expect(mentionsIn('@Tomaszek', people)).toEqual([])
  })
})

describe('words', () => {
  test('hosts that look like others are shown in plain letters', () => {
    for (const host of ['аррӏе.com', 'xn--80ak6aa92e.com', 'pаypal.com', 'ɡoogle.com']) {
      expect(isHomograph(host), host).toBe(true)
      expect(shownHost(host)).toMatch(/xn--/)
    }
    for (const host of ['example.org', 'münchen.de', 'россия.рф', '東京.jp', 'مثال.إختبار', 'zażółć.pl'])
      expect(isHomograph(host), host).toBe(false)
  })
  test('a link says where it leads when its words say otherwise', async () => {
    const { html, links, misleads } = await readyPost({
      body: 'See [bank.example](https://evil.example/x) or https://pаypal.com/in',
    })
    expect(html).toContain('(evil.example)')
    expect(html).toContain('xn--')
    expect(html).not.toContain('pаypal')
    expect(links).toEqual(['evil.example', 'xn--pypal-4ve.com'])
    expect(misleads).toBe(true)
  })
  test('nothing of theirs is markup: no tags, no pictures, no addresses that run', async () => {
    for (const body of [
      '<script>alert(1)</script>hello',
      '![x](https://x.example/a.png) <img src=x onerror=alert(1)> hello',
      '[x](javascript:alert(1)) [y](data:text/html,x) hello',
      '<svg/onload=alert(1)> hello',
    ]) {
      const { html, words } = await readyPost({ body })
      expect(html).not.toMatch(/<(?:script|img|svg)|href="(?:javascript|data)/i)
      expect(words).toContain('hello')
    }
  })
  test('ten thousand words are fine; what is longer, empty or only signs that steer is refused', async () => {
    const word = 'ok '
    expect((await readyPost({ body: word.repeat(9999) })).words.length).toBeGreaterThan(29_000)
    await expect(readyPost({ body: 'x'.repeat(30_001) })).rejects.toMatchObject({ code: 'post-too-long' })
    await expect(readyPost({ body: ' \u202e\n ' })).rejects.toMatchObject({ code: 'post-empty' })
    await expect(readyPost({ body: 'x', title: ' \u0000 ' })).rejects.toMatchObject({ code: 'title-missing' })
    expect((await readyPost({ body: 'a', title: 'Close\n the \u202ebar' })).title).toBe('Close the bar')
  })
  test('text made to take long does not', async () => {
    const began = performance.now()
    for (const piece of ['[', '`', '*a ', '<', '> ', '- ', '![[', 'http://a.b/', '(((', '_ ', '\\'])
      await readyPost({ body: `${piece.repeat(Math.floor(29_990 / piece.length))}x` })
    expect(performance.now() - began).toBeLessThan(6000)
  })
})
