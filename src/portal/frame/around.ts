/** What a page that a mail leads to has around it: the installation's name and look, and the language and zone of whoever it is for. */
import { momentIn, zoneName } from '../../domain/channels/index.ts'
import type { NumberedAddress } from '../../domain/people/index.ts'
import { nearest } from '../../words/languages.ts'
import { type Say, wordsFor } from '../../words/outside.ts'
import type { Frame, Letter, Page } from '../page.ts'
import type { House } from './house.ts'

/** For whom, in which words, at what time. */
export type Around = {
  say: Say
  /** near days by their names: for what is to come */
  when: (at: Date | string) => string
  /** as a date: for what has been */
  on: (at: Date | string) => string
  now: Date
  name: string
  page: (
    heading: string,
    more?: Partial<Omit<Letter, 'is' | 'heading'>> & { title?: string; writeTo?: string | null },
  ) => Page
}

type For = {
  house: House
  /** whose page it is; null: nobody who is known */
  address: NumberedAddress | null
  /** of the conversation, which goes before the person's own */
  language: string | null
  accepts: string | undefined
  now: Date
}

export function around({ house, address, language, accepts, now }: For): Around {
  const tongue = nearest([
    ...[language, address?.language],
    ...(address ? [house.language] : acceptable(accepts)),
    house.language,
  ])
  const zone = address?.zone ?? house.zone
  const say = wordsFor('outside', tongue)
  const name = address && !address.name.includes('@') ? (address.name.split(' ')[0] ?? '') : ''
  const frame = (title: string, foot: string[]): Frame => ({
    language: tongue,
    rightToLeft: tongue === 'ar',
    installation: house.name,
    logo: house.logo,
    style: house.style,
    script: null,
    words: { skip: say('skip'), title },
    head: null,
    about: { canonical: null, description: null, alternates: [], feed: null, structured: null },
    foot: { links: [], lines: foot },
  })
  return {
    say,
    name,
    now,
    when: at => momentIn(new Date(at), now, tongue, zone),
    on: at => momentIn(new Date(at), new Date(new Date(at).getTime() - 5 * 86_400_000), tongue, zone),
    page: (heading, { title, writeTo, ...more } = {}) => {
      const whole = say('title', { title: title ?? heading, installation: house.name })
      return {
        frame: frame(whole, [
          ...(address ? [say('forWhom', { name: address.name, address: hidden(address.written) })] : []),
          ...(writeTo ? [say('writeInstead', { address: writeTo })] : []),
          say('times', { zone: zoneName(now, tongue, zone) }),
        ]),
        is: 'letter',
        heading,
        words: { notSent: say('notSent'), mend: say('mend', { title: title ?? heading }) },
        ...blank,
        ...more,
      }
    },
  }
}

export const blank: Omit<Letter, 'is' | 'heading' | 'words'> = {
  lede: [],
  chosen: null,
  promises: [],
  read: null,
  form: null,
  links: [],
  aside: { person: null, sections: [] },
}

/** What a browser asks for, in its order. */
export function acceptable(accepts: string | undefined): string[] {
  return (accepts ?? '').split(',').map(each => each.split(';')[0]?.trim() ?? '')
}

/** Whoever the link was forwarded to learns whose it is, and no address: `i•••@cafe.example`. */
export function hidden(written: string): string {
  const at = written.lastIndexOf('@')
  return `${[...written][0] ?? ''}•••${written.slice(at)}`
}
