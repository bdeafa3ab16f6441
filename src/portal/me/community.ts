/** What one chose for the community, on the page of one's details: the name others see, mails with what is new, and what one follows. */
import { digestRhythms, type Followed, mentionWays, ShownName } from '../../contract/community.ts'
import { Id } from '../../contract/kit.ts'
import { changeSelf, communityOn, follow, readingAs, selfOf } from '../../domain/community/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { stoppedWords } from '../community/topic.ts'
import { sayIn } from '../community/words.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import { fieldsOf } from '../frame/posted.ts'
import type { SignedIn, Site } from '../frame/site.ts'
import type { Input } from '../page/form.ts'
import type { Me } from '../page/me.ts'

const path = '/help/me/community'
const longest = 80
const refused = ['name-of-ours', 'name-is-address'] as const

export function meCommunityPages(site: Site) {
  const { parts } = site
  site.mine.post(path, async (visit, request) => {
    const { fields } = await fieldsOf(request)
    const { customer, now, to } = visit
    const back = { go: `${to('/help/me?done=saved')}#community` }
    if (!formHolds(fields.get('form') ?? '', path, customer.sessionId, parts.keys, now)) return { go: to('/help/me') }
    const as = await readingAs(visit.db, customer.personId)
    const stop = Id.safeParse(fields.get('stop')).data
    try {
      if (stop) {
        const which = fields.get('of') === 'category' ? { categoryId: stop } : { topicId: stop }
        await parts.change(tx => follow(tx, as, which, null, now))
        return back
      }
      const name = (part: string) => {
        const text = (fields.get(part) ?? '').replace(/\s+/g, ' ').trim().slice(0, longest)
        return ShownName.safeParse(text).data || null
      }
      const digest = digestRhythms.find(each => each === fields.get('digest')) ?? 'never'
      const mentions = mentionWays.find(each => each === fields.get('mentions'))
      const shown = { shownName: name('shownName'), from: name('from') }
      await parts.change(tx => changeSelf(tx, as, { ...shown, digest, ...(mentions ? { mentions } : {}) }, now))
      return back
    } catch (error) {
      if (!(error instanceof Refusal) || error.status >= 500) throw error
      const why = refused.find(each => each === error.code) ?? 'not-now'
      return { go: to(`/help/me?done=${why}`) }
    }
  })
}

/** What was not kept says why, on the page one comes back to. */
export function whyNotKept(visit: SignedIn, done: unknown): string | null {
  const why = [...refused, 'not-now'].find(each => each === done)
  return why ? sayIn(visit.language)(`me.refused.${why}`) : null
}

/** Null: there is none. */
export async function communityOfMine(visit: SignedIn, keys: readonly Buffer[]): Promise<Me['community']> {
  if (!(await communityOn(visit.db))) return null
  const { customer, to, language, now } = visit
  const say = sayIn(language)
  const self = await selfOf(visit.db, await readingAs(visit.db, customer.personId), language)
  const token = { name: 'form', value: formToken(path, customer.sessionId, keys, now) }
  const line = (name: string, value: string | null): Input => ({
    ...{ is: 'line', kind: 'text', name, label: say(`me.${name}`), hint: say(`me.${name}Hint`) },
    ...{ optional: visit.say('optional'), trouble: null, value: value ?? '', most: longest },
  })
  const picks = <T extends string>(name: string, ways: readonly T[], now: T, key: (way: T) => string): Input => ({
    ...{ is: 'picks', name, label: say(`me.${name}`), hint: null, optional: null, trouble: null, inLine: true },
    choices: ways.map(value => ({ value, label: say(key(value)), what: null, chosen: value === now })),
  })
  const row = ({ id, is, title, path: where, mode }: Followed) => ({
    ...{ label: title, address: to(where) },
    beneath: say(mode === 'digest' ? 'me.inDigest' : is === 'topic' ? 'me.each' : 'me.eachTopic'),
    push: {
      ...{ label: say('me.stop'), action: to(path), pressed: false },
      hidden: [token, { name: 'stop', value: id }, { name: 'of', value: is }],
    },
  })
  return {
    title: say('me.title'),
    stopped: self.stopped ? stoppedWords(visit, 'me', self.stopped) : null,
    form: {
      ...{ action: to(path), hidden: [token], multipart: false, trap: null, sticky: false, beside: null },
      inputs: [
        line('shownName', self.shownName),
        line('from', self.from),
        picks('digest', digestRhythms, self.digest, value => `me.${value}`),
        picks('mentions', mentionWays, self.mentions, value => `me.mentionWays.${value}`),
      ],
      buttons: [{ label: say('me.save'), kind: 'second' }],
    },
    follows: { title: say('me.follows'), none: say('me.nothing'), rows: self.follows.map(row) },
  }
}
