/** What every page outside has around it: the installation's name and look, the language and zone of whoever it is for, and its style sheet. */
import { createHash } from 'node:crypto'
import { accentFrom } from '../contract/colour.ts'
import { logoPath } from '../contract/look.ts'
import { installation, lookOf } from '../domain/access/index.ts'
import { momentIn, zoneName } from '../domain/channels/index.ts'
import type { NumberedAddress } from '../domain/people/index.ts'
import type { Db } from '../platform/db/index.ts'
import { nearest } from '../words/languages.ts'
import { type Say, wordsFor } from '../words/outside.ts'
import type { Frame, Page } from './page.ts'

export const stylePath = '/o/style.css'

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
    more?: Partial<Omit<Page, 'frame' | 'heading'>> & { title?: string; writeTo?: string | null },
  ) => Page
}

/** The style with the installation's own accent; its address changes with what it holds. */
export async function styleOf(db: Db, css: string): Promise<{ css: string; version: string }> {
  const { accent } = await lookOf(db)
  const shades = accent ? accentFrom(accent) : null
  const own = (one: NonNullable<typeof shades>['light']) =>
    `--pond-accent:${one.accent};--pond-accent-fill:${one.fill};--pond-accent-soft:${one.soft};--pond-accent-press:${one.accent};--pond-focus:${one.focus};`
  const whole = shades
    ? `${css}\n:root{${own(shades.light)}}\n@media (prefers-color-scheme:dark){:root{${own(shades.dark)}}}\n`
    : css
  return { css: whole, version: createHash('sha256').update(whole).digest('hex').slice(0, 12) }
}

type For = {
  db: Db
  /** whose page it is; null: nobody who is known */
  address: NumberedAddress | null
  /** of the conversation, which goes before the person's own */
  language: string | null
  accepts: string | undefined
  style: string
  now: Date
}

export async function around({ db, address, language, accepts, style, now }: For): Promise<Around> {
  const [here, look] = await Promise.all([installation(db), lookOf(db)])
  const asked = (accepts ?? '').split(',').map(each => each.split(';')[0]?.trim())
  const tongue = nearest([language, address?.language, ...(address ? [here.language] : asked), here.language])
  const zone = address?.zone ?? here.zone
  const say = wordsFor('outside', tongue)
  const name = address && !address.name.includes('@') ? (address.name.split(' ')[0] ?? '') : ''
  const frame = (title: string, foot: string[]): Frame => ({
    language: tongue,
    rightToLeft: tongue === 'ar',
    installation: here.name,
    logo: look.logoId ? logoPath(look.logoId, 'small') : null,
    style,
    words: {
      skip: say('skip'),
      title: say('title', { title, installation: here.name }),
      notSent: say('notSent'),
      mend: say('mend', { title }),
    },
    foot,
  })
  return {
    say,
    name,
    now,
    when: at => momentIn(new Date(at), now, tongue, zone),
    on: at => momentIn(new Date(at), new Date(new Date(at).getTime() - 5 * 86_400_000), tongue, zone),
    page: (heading, { title, writeTo, ...more } = {}) => ({
      frame: frame(title ?? heading, [
        ...(address ? [say('forWhom', { name: address.name, address: hidden(address.written) })] : []),
        ...(writeTo ? [say('writeInstead', { address: writeTo })] : []),
        say('times', { zone: zoneName(now, tongue, zone) }),
      ]),
      heading,
      lede: [],
      chosen: null,
      promises: [],
      read: null,
      form: null,
      links: [],
      aside: { person: null, sections: [] },
      ...more,
    }),
  }
}

/** Whoever the link was forwarded to learns whose it is, and no address: `i•••@cafe.example`. */
function hidden(written: string): string {
  const at = written.lastIndexOf('@')
  return `${[...written][0] ?? ''}•••${written.slice(at)}`
}
