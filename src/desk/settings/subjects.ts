/**
 * Every subject of the settings, in the order they are shown: a page is one line here and one in `routes.ts`, its words are
 * `subjects:<key>.{name,about,also}`. Lists nothing that this person may not open.
 */
import type { LinkProps } from '@tanstack/react-router'
import type { GrantName } from '../../contract/rights.ts'
import type { Me } from '../../contract/session.ts'
import { t } from '../../words/catalogue.ts'

export const leads = (me: Me) => me.administrator || me.teams.some(({ role }) => role === 'lead')
const everyone = () => true
const given = (name: GrantName) => (me: Me) => me.may.includes(name)
const administrators = (me: Me) => me.administrator
const servesOrAdministers = (me: Me) =>
  me.administrator || me.teams.some(({ role }) => role === 'lead' || role === 'teammate')

/** Only what `routes.ts` knows: a subject without a page does not compile. */
type Path = Extract<LinkProps['to'], `/settings/${string}`>
type Key<P = Path> = P extends `/settings/${infer K}` ? (K extends `${string}/${string}` ? never : K) : never
export type Subject = { key: Key; path: Path; group: string; may: (me: Me) => boolean }

const subject = (group: string, key: Key, may: Subject['may']): Subject => ({
  key,
  path: `/settings/${key}`,
  group,
  may,
})

const subjects: Subject[] = [
  subject('you', 'account', everyone),
  subject('you', 'security', everyone),
  subject('you', 'notifications', everyone),
  subject('people', 'people', administrators),
  subject('people', 'teams', leads),
  subject('people', 'roles', everyone),
  subject('people', 'hours', leads),
  subject('people', 'absence', everyone),
  subject('channels', 'mailboxes', administrators),
  subject('channels', 'portal', administrators),
  subject('channels', 'community', leads),
  subject('channels', 'chat', administrators),
  subject('channels', 'health', everyone),
  subject('work', 'rules', given('rules')),
  subject('work', 'spam', servesOrAdministers),
  subject('work', 'saved-replies', everyone),
  subject('work', 'signatures', everyone),
  subject('work', 'tags', leads),
  subject('work', 'fields', leads),
  subject('work', 'care', administrators),
  subject('work', 'goodwill', administrators),
  subject('pond', 'look', administrators),
  subject('pond', 'protection', administrators),
  subject('pond', 'retention', administrators),
  subject('pond', 'backups', administrators),
  subject('pond', 'audit', given('audit')),
]

export function subjectsFor(me: Me): Subject[] {
  return subjects.filter(({ may }) => may(me))
}

/** Those whose name, purpose or other names hold every word looked for. */
export function found(all: readonly Subject[], looked: string): Subject[] {
  const words = looked.toLocaleLowerCase().split(/\s+/).filter(Boolean)
  return all.filter(({ key }) => {
    const text = ['name', 'about', 'also']
      .map(part => t(`subjects:${key}.${part}`))
      .join(' ')
      .toLocaleLowerCase()
    return words.every(word => text.includes(word))
  })
}

/** In groups, in their order; a group without a subject is not there. */
export function grouped(all: readonly Subject[]): { group: string; subjects: Subject[] }[] {
  return [...new Set(all.map(({ group }) => group))].map(group => ({
    group,
    subjects: all.filter(one => one.group === group),
  }))
}
