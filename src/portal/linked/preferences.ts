/** The page on which somebody says whether we may ask them anything by ourselves. Answers to what they write always come. */
import { setRefusal } from '../../domain/people/index.ts'
import { record } from '../../platform/events/index.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import type { Page } from '../page.ts'
import type { Acted, Opened, Shown } from './opened.ts'
import { troubleFor } from './trouble.ts'

const choices = ['asks', 'quiet'] as const

export async function showPreferences(opened: Opened): Promise<Shown> {
  if (opened.expired) return troubleFor(opened, 'expired')
  const { say, page } = opened.around(null)
  if (opened.choice === 'done')
    return {
      status: 200,
      page: page(say(opened.address.quiet ? 'preferences.doneQuiet' : 'preferences.doneAsks'), {
        lede: [say('preferences.doneWords')],
        links: [{ label: say('preferences.title'), address: `/o/${opened.token}`, primary: false }],
      }),
    }
  return { status: 200, page: await asks(opened, null) }
}

export async function actPreferences(opened: Opened, form: URLSearchParams): Promise<Acted> {
  const { parts, token, now, address } = opened
  const pick = choices.find(each => each === form.get('pick'))
  const held = formHolds(form.get('form') ?? '', token, standing(opened), parts.keys, now)
  if (opened.expired) return showPreferences(opened)
  if (!pick || !held) {
    const { say } = opened.around(null)
    return { status: pick ? 409 : 422, page: await asks(opened, say('again')) }
  }
  if ((pick === 'quiet') !== address.quiet)
    await parts.change(async tx => {
      await setRefusal(tx, address.personId, pick === 'quiet' ? { since: now, by: address.personId, said: null } : null)
      await record(tx, {
        ...{ kind: 'person.changed', subjectId: address.personId, actorId: null, scopes: [], at: now },
        facts: { changed: ['noUnasked'] },
      })
    })
  return { go: `/o/${token}/done` }
}

const standing = ({ address }: Opened) => (address.quiet ? 'quiet' : 'asks')

async function asks(opened: Opened, notice: string | null): Promise<Page> {
  const { say, page } = opened.around(null)
  const marked = choices.find(each => each === opened.choice) ?? standing(opened)
  return page(say('preferences.title'), {
    lede: [say('preferences.words')],
    form: {
      action: `/o/${opened.token}`,
      token: formToken(opened.token, standing(opened), opened.parts.keys, opened.now),
      legend: say('preferences.legend'),
      name: 'pick',
      rows: choices.map(value => ({
        ...{ value, label: say(`preferences.${value}`), what: '', cost: '' },
        chosen: marked === value,
      })),
      field: null,
      button: say('confirm'),
      beside: say('nothingSent'),
      trouble: null,
      notice,
    },
  })
}
