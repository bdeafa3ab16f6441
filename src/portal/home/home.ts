/** The home of the pages outside, and search over what one may read. */

import { hereFor, hoursFor, narrowFor, presenceFor } from '../frame/here.ts'
import type { Shown, Site } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import type { Home, Section } from '../page/home.ts'
import type { Answers } from './answers.ts'

const longest = 300

export function homePages(site: Site, answers: Answers, open: (visit: Visit) => Promise<Home['open']>) {
  site.get('/help', async visit => home(visit, answers, await open(visit)))
  site.get('/help/search', (visit, request) => {
    const { q } = request.query as { q?: unknown }
    return search(visit, answers, (typeof q === 'string' ? q : '').trim().slice(0, longest))
  })
}

const readerOf = ({ customer, language }: Visit) => ({ personId: customer?.personId ?? null, language })

/** While nobody has written answers yet: to write, and one's own conversations. */
function waysIn({ say, to, at, customer }: Visit, found: Awaited<ReturnType<typeof presenceFor>>): Section {
  const mine = {
    label: say(customer ? 'nav.mine' : 'nav.signIn'),
    address: to('/help/mine'),
    beneath: say('home.mineWords'),
  }
  const write = found
    ? [{ label: say('nav.write'), address: to('/help/ask'), beneath: say('ask.answers', { when: at(found.replyBy) }) }]
    : []
  return { title: say('home.do'), note: null, links: [...write, mine], shape: 'list' }
}

async function home(visit: Visit, answers: Answers, open: Home['open']): Promise<Shown> {
  const { say, house } = visit
  const [found, popular, subjects] = await Promise.all([
    presenceFor(visit),
    answers.popular(readerOf(visit)),
    answers.subjects(readerOf(visit)),
  ])
  const sections = [
    section(visit, 'home.needed', 'list', popular),
    section(visit, 'home.subjects', 'subjects', subjects),
  ].flatMap(each => each ?? [])
  const knows = sections.length > 0
  const shape: Home = {
    is: 'home',
    heading: say(knows ? 'home.title' : 'home.titlePerson'),
    intro: house.portal.intro || null,
    search: knows ? searchOf(visit, '') : null,
    narrow: knows && found ? narrowFor(visit, found) : null,
    open,
    sections: knows ? sections : [waysIn(visit, found)],
    presence: found ? hereFor(visit, found) : nobody(visit),
    note: house.portal.note,
    hours: found && hoursFor(visit, found),
  }
  const described = house.portal.intro || say('home.described', { installation: house.name })
  const about = {
    description: described,
    structured: {
      '@context': 'https://schema.org',
      '@type': 'Organization',
      name: house.name,
      url: visit.whole('/help'),
    },
  }
  return {
    status: 200,
    page: visit.page(shape.heading, { path: '/help', place: 'answers', listed: about }, shape),
    kept: true,
  }
}

export function nobody({ say }: Visit): Home['presence'] {
  return { title: say('here.title'), here: null, words: say('here.nobody'), strong: '', write: null }
}

export function searchOf({ say, to, language }: Visit, looked: string): Home['search'] {
  return {
    action: '/help/search',
    label: say('search.label'),
    hint: say('search.hint'),
    button: say('search.button'),
    placeholder: say('search.placeholder'),
    language: to('/help').includes('language=') ? language : null,
    looked,
  }
}

function section(visit: Visit, title: string, shape: Section['shape'], found: Awaited<ReturnType<Answers['popular']>>) {
  if (found.length === 0) return null
  const links = found.map(({ title: label, path, beneath, marks }) => ({
    ...{ label, address: visit.to(path), beneath },
    ...(marks ? { marks } : {}),
  }))
  return { title: visit.say(title), note: null, links, shape }
}

/** Nothing found is said, with the person who can help beside it. */
async function search(visit: Visit, answers: Answers, looked: string): Promise<Shown> {
  const { say } = visit
  const [found, presence] = await Promise.all([looked ? answers.like(looked, readerOf(visit)) : [], presenceFor(visit)])
  if (looked && found.length === 0) await answers.missed(looked, visit.language)
  const listed = section(visit, 'search.found', 'list', found)
  const shape: Home = {
    is: 'home',
    heading: say('search.title'),
    intro: looked && !listed ? say('search.nothing', { looked }) : null,
    search: searchOf(visit, looked),
    narrow: presence && narrowFor(visit, presence),
    open: null,
    sections: listed ? [listed] : [],
    presence: presence ? hereFor(visit, presence) : nobody(visit),
    note: visit.house.portal.note,
    hours: null,
  }
  const path = looked ? `/help/search?q=${encodeURIComponent(looked)}` : '/help/search'
  return { status: 200, page: visit.page(shape.heading, { path, place: 'answers' }, shape) }
}
