/**
 * Signing in by a mailed link. The answer is the same for an address we know and one we do not (S11). A link's page has a
 * button and changes nothing by being opened, because programs that look at mails open it; the button uses it, once (S10).
 */

import { customerBuckets, secondsToWait } from '../../domain/access/index.ts'
import { askSignIn, endMine, linkFor, nextOf, signInBy } from '../../domain/customers/index.ts'
import { readAddress } from '../../domain/people/index.ts'
import { hidden } from '../frame/around.ts'
import { fieldsOf } from '../frame/posted.ts'
import type { Shown, Site } from '../frame/site.ts'
import { troubleShown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import type { Filled, Input } from '../page/form.ts'
import type { Page } from '../page.ts'

export const blankForm: Omit<Filled, 'heading'> = {
  is: 'form',
  ...{
    lede: [],
    crumbs: null,
    errors: null,
    notice: null,
    form: null,
    list: [],
    links: [],
    presence: null,
    suggest: null,
    asides: [],
  },
}

export function signInPages(site: Site) {
  const { parts } = site
  site.get('/help/sign-in', async (visit, request) => {
    const { next } = request.query as { next?: unknown }
    if (visit.customer) return { go: nextOf(next) }
    return { status: 200, page: asksToSignIn(visit, nextOf(next)) }
  })
  site.post('/help/sign-in', async (visit, request) => {
    const wait = await secondsToWait(visit.db, customerBuckets(visit.ip, null), visit.now)
    if (wait > 0) return troubleShown(visit, 429)
    const { fields } = await fieldsOf(request)
    const written = (fields.get('address') ?? '').trim().slice(0, 320)
    const next = nextOf(fields.get('next'))
    const address = readAddress(written)
    if (!address)
      return { status: 422, page: asksToSignIn(visit, next, { written, trouble: visit.say('signIn.noAddress') }) }
    await askSignIn(parts, { normal: address.normal, next, origin: parts.origin(visit.house) }, visit.now)
    return { go: visit.to('/help/sign-in/sent') }
  })
  site.get('/help/sign-in/sent', async visit => {
    const { say } = visit
    return plain(visit, say('signIn.sent'), [say('signIn.sentWords'), say('signIn.sentUnknown')])
  })
  site.get('/help/sign-in/:token', async (visit, request) => {
    const { token } = request.params as { token: string }
    const link = await linkFor(visit.db, token, 'sign-in', visit.now)
    if (!link) return over(visit)
    return { status: 200, page: confirms(visit, token, hidden(link.written)) }
  })
  site.post('/help/sign-in/:token', async (visit, request, reply) => {
    const { token } = request.params as { token: string }
    const wait = await secondsToWait(visit.db, customerBuckets(visit.ip, null), visit.now)
    if (wait > 0) return troubleShown(visit, 429)
    const from = { agent: visit.agent, ip: visit.ip, former: visit.customer }
    const inside = await parts.change(tx => signInBy(tx, token, from, visit.now))
    if (!inside) return over(visit)
    parts.customers.remember(reply, inside.token)
    return { go: visit.to(nextOf(inside.next)) }
  })
  site.mine.post('/help/sign-out', async (visit, _, reply) => {
    const { customer, now } = visit
    await parts.change(tx => endMine(tx, customer, { sessionId: customer.sessionId }, now))
    parts.customers.forget(reply)
    return { go: visit.to('/help') }
  })
}

/** Where somebody has to be known: the page asks who they are, and leads on to where they wanted. */
export function asksToSignIn(
  visit: Visit,
  next: string,
  filled?: { written: string; trouble: string },
  said?: { heading: string; words: string },
): Page {
  const { say, to } = visit
  const heading = said?.heading ?? say('signIn.title')
  const input: Input = {
    ...{ is: 'line', kind: 'email', name: 'address', label: say('signIn.address'), hint: say('signIn.hint') },
    ...{ optional: null, trouble: filled?.trouble ?? null, value: filled?.written ?? '', most: 320, complete: 'email' },
  }
  return visit.page(
    filled ? say('errors.window', { count: 1, title: heading }) : heading,
    { path: '/help/sign-in', place: 'sign-in' },
    {
      ...blankForm,
      heading,
      lede: [said?.words ?? say('signIn.words')],
      errors: filled ? errorsOf(visit, [{ field: 'address', says: filled.trouble }]) : null,
      form: {
        ...{ action: to('/help/sign-in'), hidden: [{ name: 'next', value: next }], multipart: false, trap: null },
        ...{
          inputs: [input],
          buttons: [{ label: say('signIn.button'), kind: 'primary' }],
          beside: null,
          sticky: false,
        },
      },
      asides: [{ title: say('signIn.why'), words: say('signIn.whyWords'), links: [] }],
    },
  )
}

/** What is to be mended, by number and by name. */
export function errorsOf({ say }: Visit, each: { field: string; says: string }[]): Filled['errors'] {
  return { title: say('errors.title', { count: each.length }), beneath: say('errors.kept'), each }
}

function confirms(visit: Visit, token: string, whose: string): Page {
  const { say, to } = visit
  const heading = say('signIn.confirm')
  return visit.page(
    heading,
    { path: '/help/sign-in', place: 'sign-in' },
    {
      ...blankForm,
      heading,
      lede: [say('signIn.confirmWords', { address: whose })],
      form: {
        ...{ action: to(`/help/sign-in/${token}`), hidden: [], multipart: false, trap: null, inputs: [] },
        ...{ buttons: [{ label: say('signIn.in'), kind: 'primary' }], beside: say('signIn.once'), sticky: false },
      },
    },
  )
}

function over(visit: Visit): Shown {
  const { say, to } = visit
  const shown = plain(
    visit,
    say('signIn.over'),
    [say('signIn.overWords')],
    [{ label: say('signIn.again'), address: to('/help/sign-in') }],
  )
  return { ...shown, status: 410 }
}

/** Something said, and where to go from there. */
export function plain(
  visit: Visit,
  heading: string,
  lede: string[],
  links: Filled['links'] = [],
): { status: number; page: Page } {
  const page = visit.page(heading, { path: '/help', place: null }, { ...blankForm, heading, lede, links })
  return { status: 200, page }
}
