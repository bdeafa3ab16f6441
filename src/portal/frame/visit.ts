/** A visit to a page under /help: who comes, in which language and zone, and the frame with the way about. Sets no cookie; a language one chose goes along in the addresses. */
import { zoneName } from '../../domain/channels/index.ts'
import { type Customer, helpPagePath, type OwnLink } from '../../domain/customers/index.ts'
import type { Db } from '../../platform/db/index.ts'
import { type Language, languages, nearest, ownNames } from '../../words/languages.ts'
import { type Say, wordsFor } from '../../words/outside.ts'
import type { Frame, Link, Page, Shape } from '../page.ts'
import { acceptable } from './around.ts'
import type { House } from './house.ts'
import { atTime, type Clock, dueTime, howFar } from './times.ts'

export type Place = 'answers' | 'community' | 'mine' | 'me' | 'ask' | 'sign-in' | null

export type Visit = {
  db: Db
  house: House
  now: Date
  ip: string
  agent: string | null
  customer: Customer | null
  /** what is the same for whoever is nobody in particular, read once while nothing happens; for everybody else as it is */
  recall: <T>(what: string, read: () => Promise<T>) => Promise<T>
  /** is there one to be read? */
  community: boolean
  /** may the page use the script? */
  scripts: boolean
  language: Language
  zone: string
  say: Say
  clock: Clock
  /** "12:45 today" */
  at: (moment: Date | string) => string
  /** "today, 14:30" */
  due: (moment: Date | string) => string
  /** "in 4 hours" */
  far: (moment: Date | string) => string
  /** the same path, in the language that was chosen */
  to: (path: string) => string
  /** for whoever is elsewhere: with the host */
  whole: (path: string) => string
  page: (title: string, where: Where, shape: Shape) => Page
}

/** `listed`: search engines may keep it under this path, and it is the same page in every language. */
export type Where = {
  path: string
  place: Place
  /** is quicker to use with the script */
  scripted?: boolean
  listed?: {
    description: string | null
    structured?: object | null
    /** those it can be read in; all of ours unless said */
    languages?: readonly string[]
    /** where it stands in other languages, when that is elsewhere */
    alternates?: { language: string; address: string }[]
    feed?: Link | null
  }
}

export type Comes = {
  db: Db
  house: House
  now: Date
  ip: string
  agent: string | null
  customer: Customer | null
  /** how many conversations wait for them */
  waiting: number
  /** can one write to us? */
  writes: boolean
  recall: Visit['recall']
  /** pages of our own */
  own: readonly OwnLink[]
  /** is there one to be read? */
  community: boolean
  accepts: string | undefined
  chosen: string | undefined
  origin: string
  /** where the script of these pages lies; null where it is not wanted */
  script: string | null
}

export function visitOf(comes: Comes): Visit {
  const { house, customer, now, chosen, origin } = comes
  const picked = languages.find(each => each === chosen)
  const language = nearest([picked, customer?.language, ...acceptable(comes.accepts), house.language]) as Language
  const zone = customer?.zone ?? house.zone
  const say = wordsFor('help', language)
  const clock: Clock = { language, zone, now, word: say }
  const to = (path: string) => (picked ? `${path}${path.includes('?') ? '&' : '?'}language=${picked}` : path)
  const whole = (path: string) => `${origin}${path}`
  return {
    recall: comes.recall,
    ...{
      db: comes.db,
      house,
      now,
      ip: comes.ip,
      agent: comes.agent,
      customer,
      scripts: comes.script !== null,
      community: comes.community,
      language,
      zone,
      say,
      clock,
      to,
      whole,
    },
    at: moment => atTime(new Date(moment), clock),
    due: moment => dueTime(new Date(moment), clock),
    far: moment => howFar(new Date(moment), clock),
    page: (title, where, shape) => ({
      frame: frameOf({ ...comes, language, zone, say, to, whole }, title, where),
      ...shape,
    }),
  }
}

type Framed = Comes & Pick<Visit, 'language' | 'zone' | 'say' | 'to' | 'whole'>

function frameOf(it: Framed, title: string, { path, place, listed, scripted }: Where): Frame {
  const { house, customer, say, to, whole, language, waiting } = it
  const spoken = (each: string) => `${path}${path.includes('?') ? '&' : '?'}language=${each}`
  const alternates = listed?.languages ?? languages
  return {
    language,
    rightToLeft: language === 'ar',
    installation: house.name,
    logo: house.logo,
    style: house.style,
    script: scripted ? it.script : null,
    words: { skip: say('skip'), title: say('title', { title, installation: house.name }) },
    head: {
      home: to('/help'),
      nav: [
        { label: say('nav.answers'), address: to('/help'), current: place === 'answers', count: null },
        ...(it.community
          ? [
              {
                ...{ label: wordsFor('community-pages', language)('nav'), address: to('/help/community') },
                ...{ current: place === 'community', count: null },
              },
            ]
          : []),
        ...ownLinks(it, 'head').map(link => ({ ...link, current: link.address === to(path), count: null })),
        ...(customer
          ? [
              {
                label: say('nav.mine'),
                address: to('/help/mine'),
                current: place === 'mine',
                count: waiting > 0 ? { shown: String(waiting), says: say('nav.waiting', { count: waiting }) } : null,
              },
            ]
          : []),
      ],
      me: [
        customer
          ? { label: customer.name.includes('@') ? say('nav.me') : customer.name, address: to('/help/me') }
          : { label: say('nav.signIn'), address: to('/help/sign-in') },
      ],
      tongues: {
        label: ownNames[language],
        each: languages.map(each => ({
          ...{ language: each, label: ownNames[each], address: spoken(each), current: each === language },
        })),
      },
      write: it.writes && place !== 'ask' ? { label: say('nav.write'), address: to('/help/ask') } : null,
      words: { nav: say('nav.main'), menu: say('nav.menu') },
    },
    about: {
      canonical: listed ? whole(path) : null,
      description: listed?.description ?? null,
      alternates: listed
        ? (listed.alternates ?? alternates.map(each => ({ language: each, address: whole(spoken(each)) })))
        : [],
      feed: listed?.feed ?? null,
      structured: listed?.structured ?? null,
    },
    foot: {
      links: [...ownLinks(it, 'foot'), ...(customer ? [{ label: say('foot.data'), address: to('/help/me') }] : [])],
      lines: [
        [house.portal.foot, say('foot.times', { zone: zoneName(it.now, language, it.zone) })].filter(Boolean).join(' '),
      ],
    },
  }
}

/** In the page's language, else in ours. */
function ownLinks({ own, language, to }: Framed, wanted: OwnLink['place']): Link[] {
  return own
    .filter(({ place }) => place === wanted)
    .flatMap(({ slug, titles }) => {
      const title = titles.find(each => each.language === language) ?? titles[0]
      return title ? [{ label: title.title, address: to(helpPagePath(slug)) }] : []
    })
}
