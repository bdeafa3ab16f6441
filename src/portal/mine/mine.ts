/** My conversations, by whose turn it is: each with who has it and the promise. Those of others come with whose they are. */
import { type Listed, mine } from '../../domain/customers/index.ts'
import { first } from '../frame/here.ts'
import { inOrder, promisedFor } from '../frame/promised.ts'
import type { Shown, SignedIn, Site } from '../frame/site.ts'
import { dayOf } from '../frame/times.ts'
import type { Visit } from '../frame/visit.ts'
import type { Home } from '../page/home.ts'
import type { Item, Mine } from '../page/mine.ts'

const pathOf = ({ id }: { id: string }) => `/help/mine/${id}`

export function minePages(site: Site) {
  site.mine.get('/help/mine', async (visit, request) => {
    const { before } = request.query as { before?: unknown }
    const after = typeof before === 'string' && /^\d{1,15}$/.test(before) ? Number(before) : null
    return list(visit, after)
  })
}

async function list(visit: SignedIn, after: number | null): Promise<Shown> {
  const { say, to, customer } = visit
  const { open, finished, finishedInAll } = await mine(visit.db, customer.personId, { after }, visit.now)
  const groups: Mine['groups'] = []
  const add = (
    title: string,
    rows: readonly Listed[],
    count = rows.length,
    more: Mine['groups'][number]['more'] = null,
  ) => {
    if (rows.length > 0) groups.push({ title, count: String(count), items: rows.map(row => itemOf(visit, row)), more })
  }
  const own = open.filter(row => row.own)
  const byDue = (rows: Listed[]) => rows.toSorted((a, b) => nextDue(a) - nextDue(b) || b.number - a.number)
  add(say('mine.ours'), byDue(own.filter(({ state }) => state === 'open')))
  add(say('mine.yours'), byDue(own.filter(({ state }) => state === 'pending')))
  add(
    say('mine.answered'),
    own.filter(({ state }) => state === 'solved'),
  )
  add(
    say('mine.shared'),
    open.filter(row => !row.own),
  )
  const last = finished.at(-1)
  const more = last && finishedInAll > finished.length && finished.length === 20
  add(
    say('mine.finished'),
    finished,
    finishedInAll,
    more ? { label: say('mine.older'), address: to(`/help/mine?before=${last.number}`) } : null,
  )
  const shape: Mine = {
    is: 'mine',
    heading: say('mine.title'),
    lede: open.length > 0 ? owed(visit, own) : '',
    groups,
    none:
      groups.length === 0
        ? { words: say('mine.none'), link: { label: say('nav.write'), address: to('/help/ask') } }
        : null,
  }
  return { status: 200, page: visit.page(shape.heading, { path: '/help/mine', place: 'mine' }, shape) }
}

const isOpen = ({ state }: { state: string }) => state === 'open' || state === 'soon' || state === 'overdue'
const nextDue = ({ promises }: Listed) =>
  Math.min(...promises.filter(each => isOpen(each) && each.direction === 'ours').map(each => Date.parse(each.dueAt)))

/** "We owe you three things, one of them late. You owe us two." */
function owed({ say }: Visit, rows: readonly Listed[]): string {
  const open = rows.flatMap(({ promises }) => promises.filter(isOpen))
  const ours = open.filter(({ direction }) => direction === 'ours')
  const late = ours.filter(({ state }) => state === 'overdue').length
  const theirs = open.length - ours.length
  return [
    ...(ours.length > 0 ? [say('mine.weOwe', { count: ours.length })] : []),
    ...(late > 0 ? [say('mine.late', { count: late })] : []),
    ...(theirs > 0 ? [say('mine.youOwe', { count: theirs })] : []),
  ].join(' ')
}

function itemOf(visit: Visit, row: Listed): Item {
  const { say, to, clock } = visit
  const on = dayOf(row.lastAt, clock)
  const who = row.owner ?? row.team
  const wrote = row.lastOurs
    ? say('mine.theyWrote', { on })
    : say(row.own ? 'mine.youWrote' : 'mine.customerWrote', { on, name: row.customer })
  const promises = inOrder(row.promises).slice(0, 3)
  const isLate = promises.some(({ state, direction }) => state === 'overdue' && direction === 'ours')
  const done = row.state === 'closed'
  return {
    title: { label: row.subject || say('mine.number', { number: row.number }), address: to(pathOf(row)) },
    who,
    beneath: done
      ? say('mine.had')
      : row.copied
        ? say('mine.has')
        : row.offers
          ? `${say('mine.has')} ${say('mine.offers')}`
          : `${say('mine.has')} ${wrote}`,
    promises: done && promises.length === 0 ? [] : promises.map(each => promisedFor(visit, each)),
    late: isLate
      ? row.lead && row.owner
        ? say('mine.knowsLead', { name: first(row.owner), lead: row.lead })
        : say('mine.knows', { name: who })
      : null,
    answers:
      row.own && row.followUpId
        ? [
            { label: say('mine.worked'), address: to(`${pathOf(row)}?said=worked#verdict`) },
            { label: say('mine.notQuite'), address: to(`${pathOf(row)}?said=incomplete#verdict`) },
          ]
        : [],
  }
}

/** On the home: what is open between us, the most pressing two of each side. */
export async function betweenUs(visit: Visit): Promise<Home['open']> {
  const { customer, say, to } = visit
  if (!customer) return null
  const { open } = await mine(visit.db, customer.personId, { after: null }, visit.now)
  const told = open
    .filter(row => row.own)
    .flatMap(row => row.promises.filter(isOpen).map(promise => ({ promise, row })))
    .toSorted((a, b) => a.promise.dueAt.localeCompare(b.promise.dueAt))
    .slice(0, 4)
  if (told.length === 0) return null
  return {
    title: say('home.between'),
    promises: told.map(({ promise, row }) => promisedFor(visit, promise, to(pathOf(row)))),
  }
}
