/** My details: what one says of oneself, where one is signed in, and one's data, to take along or to have erased. */

import { randomUUIDv7 } from 'node:crypto'
import { Id, Zone } from '../../contract/kit.ts'
import { customerBuckets, secondsToWait } from '../../domain/access/index.ts'
import { communityExport } from '../../domain/community/index.ts'
import {
  askErasure,
  changeMine,
  type Details,
  detailsOf,
  endMine,
  eraseAsked,
  exportMine,
  linkFor,
  sessionsOf,
} from '../../domain/customers/index.ts'
import { languages, ownNames } from '../../words/languages.ts'
import { hidden } from '../frame/around.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import { presenceFor } from '../frame/here.ts'
import { fieldsOf } from '../frame/posted.ts'
import { type Shown, type SignedIn, type Site, troubleShown } from '../frame/site.ts'
import { dayOf } from '../frame/times.ts'
import type { Input } from '../page/form.ts'
import type { Me } from '../page/me.ts'
import { communityOfMine, meCommunityPages, whyNotKept } from './community.ts'
import { blankForm, errorsOf, plain } from './sign-in.ts'

const channels = ['mail', 'phone', 'visit', 'chat'] as const
type Wrong = { field: string; says: string }

export function mePages(site: Site) {
  const { parts } = site

  meCommunityPages(site)
  site.mine.get('/help/me', async (visit, request) => {
    const { done } = request.query as { done?: unknown }
    const notice = done === 'saved' || done === 'ended' || done === 'eraseDone' ? visit.say(`me.${done}`) : null
    return show(visit, await detailsOf(visit.db, visit.customer.personId), [], notice ?? whyNotKept(visit, done))
  })
  site.mine.post('/help/me', async (visit, request) => {
    const { fields } = await fieldsOf(request)
    const wanted = detailsIn(fields)
    const wrong: Wrong[] = [
      ...(wanted.name === '' ? [{ field: 'name', says: visit.say('me.noName') }] : []),
      ...(wanted.zone !== null && !Zone.safeParse(wanted.zone).success
        ? [{ field: 'zone', says: visit.say('me.noZone') }]
        : []),
    ]
    if (wrong.length > 0) return show(visit, wanted, wrong, null)
    if (!holds(visit, fields)) return show(visit, wanted, [], visit.say('form.again'), 409)
    await parts.change(tx => changeMine(tx, visit.customer, wanted, visit.now))
    return { go: visit.to('/help/me?done=saved') }
  })
  site.mine.post('/help/me/sessions', async (visit, request, reply) => {
    const { fields } = await fieldsOf(request)
    if (!holds(visit, fields)) return { go: visit.to('/help/me') }
    const sessionId = Id.safeParse(fields.get('session')).data
    const all = fields.get('session') === 'all'
    if (!all && !sessionId) return { go: visit.to('/help/me') }
    await parts.change(tx => endMine(tx, visit.customer, all ? {} : { sessionId: sessionId! }, visit.now))
    if (!all && sessionId !== visit.customer.sessionId) return { go: visit.to('/help/me?done=ended') }
    parts.customers.forget(reply)
    return { go: visit.to('/help') }
  })
  site.mine.post('/help/me/export', async (visit, request, reply) => {
    const { fields } = await fieldsOf(request)
    const isOften =
      (await secondsToWait(visit.db, customerBuckets('', `export ${visit.customer.normal}`), visit.now)) > 0
    if (isOften) return troubleShown(visit, 429)
    if (!holds(visit, fields)) return { go: visit.to('/help/me') }
    const { personId } = visit.customer
    const beside = { community: await communityExport(visit.db, personId) }
    void reply
      .type('application/zip')
      .header('cache-control', 'no-store')
      .header('content-disposition', 'attachment; filename="my-data.zip"')
      .send(await exportMine(visit.db, parts.files, { personId, beside }, visit.now))
    return { sent: true }
  })
  site.mine.post('/help/me/erase', async (visit, request) => {
    const { fields } = await fieldsOf(request)
    if (!holds(visit, fields)) return { go: visit.to('/help/me') }
    const mails = customerBuckets('', `erase ${visit.customer.normal}`)
    if ((await secondsToWait(visit.db, mails, visit.now)) > 0) return troubleShown(visit, 429)
    await askErasure(parts, { customer: visit.customer, origin: parts.origin(visit.house) }, visit.now)
    return plain(visit, visit.say('me.eraseSent'), [visit.say('me.eraseSentWords')])
  })
  site.get('/help/me/erase/:token', async (visit, request) => {
    const { token } = request.params as { token: string }
    const { say, to } = visit
    const link = await linkFor(visit.db, token, 'erase', visit.now)
    if (!link) return { ...plain(visit, say('signIn.over'), [say('signIn.overWords')]), status: 410 }
    const heading = say('me.eraseConfirm')
    const shape = {
      ...blankForm,
      heading,
      lede: [say('me.eraseConfirmWords', { address: hidden(link.written) })],
      form: {
        ...{
          action: to(`/help/me/erase/${token}`),
          hidden: [],
          multipart: false,
          trap: null,
          inputs: [],
          sticky: false,
        },
        ...{ buttons: [{ label: say('me.eraseButton'), kind: 'primary' as const }], beside: null },
      },
    }
    return { status: 200, page: visit.page(heading, { path: '/help/me', place: 'me' }, shape) }
  })
  site.post('/help/me/erase/:token', async (visit, request) => {
    const { token } = request.params as { token: string }
    const { say } = visit
    const found = await presenceFor(visit)
    const words = { subject: say('me.eraseSubject'), text: say('me.eraseText'), press: randomUUIDv7() }
    const done = found && (await eraseAsked(parts, { token, mailboxId: found.mailboxId, ...words }, visit.now))
    if (!done) return { ...plain(visit, say('signIn.over'), [say('signIn.overWords')]), status: 410 }
    return plain(visit, say('me.eraseDone'), [say('ask.sentNobody')])
  })

  const holds = (visit: SignedIn, fields: URLSearchParams) =>
    formHolds(fields.get('form') ?? '', 'me', visit.customer.sessionId, parts.keys, visit.now)

  async function show(
    visit: SignedIn,
    details: Details,
    wrong: Wrong[],
    notice: string | null,
    status?: number,
  ): Promise<Shown> {
    const { say, to, customer, clock } = visit
    const token = { name: 'form', value: formToken('me', customer.sessionId, parts.keys, visit.now) }
    const heading = say('me.title')
    const sessions = await sessionsOf(visit.db, customer.personId, visit.now)
    const button = (label: string, action: string, value?: string) => ({
      label,
      action: to(action),
      value: value ?? null,
      token,
    })
    const shape: Me = {
      is: 'me',
      heading,
      lede: say('me.lede', { name: customer.name, address: customer.written }),
      errors: wrong.length > 0 ? errorsOf(visit, wrong) : null,
      notice,
      form: {
        ...{ action: to('/help/me'), hidden: [token], multipart: false, trap: null, sticky: false, beside: null },
        inputs: inputsOf(visit, details, wrong),
        buttons: [{ label: say('me.save'), kind: 'primary' }],
      },
      community: await communityOfMine(visit, parts.keys),
      sessions: {
        title: say('me.sessions'),
        rows: sessions.map(({ id, agent, since, lastSeenAt }) => ({
          id,
          name: deviceOf(agent) ?? say('me.unknown'),
          beneath: say('me.since', { on: dayOf(since, clock), seen: visit.far(lastSeenAt) }),
          mark: id === customer.sessionId ? say('me.this') : null,
          end: button(id === customer.sessionId ? say('me.signOut') : say('me.end'), '/help/me/sessions', id),
        })),
        all: button(say('me.endAll'), '/help/me/sessions', 'all'),
      },
      data: {
        title: say('me.data'),
        words: say('me.dataWords'),
        export: button(say('me.export'), '/help/me/export'),
        eraseTitle: say('me.eraseTitle'),
        eraseWords: say('me.eraseWords'),
        erase: button(say('me.erase'), '/help/me/erase'),
      },
    }
    const title = wrong.length > 0 ? say('errors.window', { count: wrong.length, title: heading }) : heading
    return {
      status: status ?? (wrong.length > 0 ? 422 : 200),
      page: visit.page(title, { path: '/help/me', place: 'me' }, shape),
    }
  }
}

function detailsIn(fields: URLSearchParams): Details {
  const text = (name: string, most: number) =>
    (fields.get(name) ?? '')
      .replace(/[\r\n\0]+/g, ' ')
      .trim()
      .slice(0, most)
  return {
    name: text('name', 200),
    language: languages.find(each => each === fields.get('tongue')) ?? null,
    zone: text('zone', 64) || null,
    preferredChannel: channels.find(each => each === fields.get('channel')) ?? null,
    preferredWords: text('channelWords', 500) || null,
    quiet: fields.get('unasked') === 'quiet',
  }
}

function inputsOf({ say, house, customer }: SignedIn, details: Details, wrong: Wrong[]): Input[] {
  const trouble = (name: string) => wrong.find(({ field }) => field === name)?.says ?? null
  const common = (name: string, hint: string | null = null) => ({
    name,
    label: say(`me.${name}`),
    hint,
    optional: null,
    trouble: trouble(name),
  })
  const chosen = (value: string, label: string, now: string | null) => ({
    value,
    label,
    what: null,
    chosen: value === (now ?? ''),
  })
  const name = details.name === customer.written ? '' : details.name
  return [
    { is: 'line', kind: 'text', ...common('name'), value: name, most: 200, complete: 'name' },
    {
      ...{ is: 'select', ...common('tongue') },
      choices: [
        chosen('', say('me.asBrowser'), details.language),
        ...languages.map(each => chosen(each, ownNames[each], details.language)),
      ],
    },
    {
      ...{ is: 'select', ...common('zone') },
      choices: [
        chosen('', say('me.asHere', { zone: house.zone }), details.zone),
        ...zones(details.zone).map(each => chosen(each, each.replaceAll('_', ' '), details.zone)),
      ],
    },
    {
      ...{ is: 'picks', ...common('channel'), inLine: false },
      choices: [
        chosen('', say('me.channels.any'), details.preferredChannel),
        ...channels.map(each => chosen(each, say(`me.channels.${each}`), details.preferredChannel)),
      ],
    },
    {
      is: 'line',
      kind: 'text',
      ...common('channelWords', say('me.channelHint')),
      optional: say('optional'),
      value: details.preferredWords ?? '',
      most: 500,
    },
    {
      ...{ is: 'picks', ...common('unasked', say('me.unaskedHint')), inLine: true },
      choices: [
        chosen('asks', say('me.asks'), details.quiet ? 'quiet' : 'asks'),
        chosen('quiet', say('me.quiet'), details.quiet ? 'quiet' : 'asks'),
      ],
    },
  ]
}

function zones(now: string | null): string[] {
  const known = Intl.supportedValuesOf('timeZone')
  return now && !known.includes(now) ? [now, ...known] : known
}

/** "Firefox, Android": enough to recognise one's own by. */
function deviceOf(agent: string | null): string | null {
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\//.exec(agent ?? '')?.[1]
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent ?? '')?.[1]
  const names: Record<string, string> = { Edg: 'Edge', OPR: 'Opera', 'Mac OS X': 'macOS' }
  const parts = [browser, system].flatMap(each => (each ? [names[each] ?? each] : []))
  return parts.length > 0 ? parts.join(', ') : null
}
