/**
 * Where a new conversation goes before anybody looks: spam for blocked senders and what people taught, then rules, then
 * whoever gets what is new. Asks the database once per question and batch, and nothing where nothing was set up. Never
 * drops mail, and reaches no conversation that was there before.
 */
import type { Tx } from '../../platform/db/index.ts'
import {
  activeRules,
  allowedNow,
  loadsOf,
  ownerOfNew,
  type Sorter,
  type SortingState,
  sorted,
  sorterOf,
} from '../automation/index.ts'
import type { Found } from '../people/index.ts'
import {
  blockedAmong,
  knownPeople,
  namesOf,
  needed,
  type Piece,
  piecesOf,
  scoreOf,
  seenOf,
  thresholds,
} from '../spam/index.ts'
import { type MailboxFacts, normalOf, recipientsOf, teamFacts } from './known.ts'
import type { Mail } from './mail.ts'
import type { Place, Sorting, Suspicion } from './sorting.ts'
import type { World } from './world.ts'

/** Rules as they were read last; read again when one changed, in whichever process. */
export type KeptRules = { version: number; sorter: Sorter }
export const noRules = (): KeptRules => ({ version: 0, sorter: sorterOf([]) })

export async function lookSorting(
  tx: Tx,
  about: {
    mails: readonly Mail[]
    state: SortingState
    kept: KeptRules
    mailboxes: Map<string, MailboxFacts>
    people: Map<string, Found>
    mayBegin: (mail: Mail) => boolean
    now: Date
  },
): Promise<Sorting> {
  const { state, kept, mailboxes, people, now } = about
  const fresh = about.mails.filter(mail => !mail.reason && !mail.arrived.backlog && mail.reading.kind !== 'bounce')
  if (kept.version !== state.version) {
    kept.sorter = sorterOf(await activeRules(tx))
    kept.version = state.version
  }
  const teamIds = named(kept.sorter, 'teamId')
  const ownerIds = named(kept.sorter, 'ownerId')
  const authors = fresh.map(mail => normalOf(mail.reading.from?.address)).filter(normal => normal !== null)
  const [places, allowed, blocked, suspicious] = await Promise.all([
    teamFacts(tx, teamIds, now),
    teamIds.length + ownerIds.length > 0 ? allowedNow(tx, { teamIds, ownerIds }, now) : null,
    state.blocks ? blockedAmong(tx, [...new Set(authors.flatMap(namesOf))]) : [],
    suspiciousAmong(tx, fresh.filter(about.mayBegin), state, people),
  ])
  const teams = new Map([...places].filter(([id]) => allowed?.teams.has(id)))
  const givingOut = [...mailboxes.values(), ...teams.values()].filter(({ assigns }) => assigns !== 'off')
  return {
    sorter: kept.sorter,
    teams,
    owners: allowed?.owners ?? new Set(),
    names: allowed?.names ?? new Map(),
    loads: fresh.length > 0 ? await loadsOf(tx, [...new Set(givingOut.map(({ teamId }) => teamId))], now) : new Map(),
    blocked(normal, teamId) {
      const names = new Set(namesOf(normal))
      return blocked.find(each => names.has(each.normal) && (each.teamId === null || each.teamId === teamId)) ?? null
    },
    suspicious,
  }
}

function named(sorter: Sorter, what: 'teamId' | 'ownerId'): string[] {
  return [...new Set(sorter.rules.flatMap(({ actions }) => actions[what] ?? []))]
}

/** What the server before us says, where it is believed; else what people taught. Never of somebody we know. */
async function suspiciousAmong(
  tx: Tx,
  mails: readonly Mail[],
  state: SortingState,
  people: Map<string, Found>,
): Promise<Map<Mail, Suspicion>> {
  const found = new Map<Mail, Suspicion>()
  const taught = state.filter && state.spam >= needed && state.ham >= needed
  const asked = taught || (state.upstream && mails.some(mail => mail.reading.signals.spamFlag)) ? mails : []
  if (asked.length === 0) return found
  const authorOf = (mail: Mail) => people.get(normalOf(mail.reading.from?.address) ?? '')?.personId
  const known = await knownPeople(
    tx,
    asked.flatMap(mail => authorOf(mail) ?? []),
  )
  const strangers = asked.filter(mail => !known.has(authorOf(mail) ?? ''))
  const pieces = new Map<Mail, Piece[]>(taught ? strangers.map(mail => [mail, piecesIn(mail)]) : [])
  const seen = await seenOf(tx, [...new Set([...pieces.values()].flat())])
  for (const mail of strangers) {
    if (state.upstream && mail.reading.signals.spamFlag) {
      found.set(mail, { why: 'upstream', score: null, words: [], blockedId: null })
      continue
    }
    const told = taught ? scoreOf(pieces.get(mail)!, seen, state) : null
    if (told && told.score > thresholds[state.above]) found.set(mail, { why: 'taught', ...told, blockedId: null })
  }
  return found
}

function piecesIn({ reading }: Mail): Piece[] {
  const { subject, trimmed, text, html, from } = reading
  return piecesOf({ subject, text: trimmed || text, html, from: from?.address ?? '' })
}

export function placeOf(mail: Mail, author: Found, mailbox: MailboxFacts, world: World): Place {
  const { sorter, teams, owners } = world.sorting
  if (mail.arrived.backlog || sorter.rules.length === 0) return { mailbox, sorted: null }
  const { reading } = mail
  const to = recipientsOf(mail).map(each => normalOf(each) ?? each.toLowerCase())
  const outcome = sorted(
    sorter,
    {
      mailboxId: mailbox.id,
      from: author.normal,
      fromName: reading.from?.name || author.name,
      to,
      subject: reading.subject,
      body: reading.text,
      language: reading.language,
      hasAttachment: reading.attachments.some(each => !each.inline),
    },
    mailbox.teamId,
    { team: id => teams.has(id), owner: (id, teamId) => owners.has(`${id} ${teamId}`) },
  )
  if (outcome.applied.length === 0) return { mailbox, sorted: null }
  return { mailbox: { ...mailbox, ...teams.get(outcome.teamId) }, sorted: outcome }
}

/** Who owns what is open and new: whom a rule names, else whoever the team gives it to. */
export function ownerOf({ mailbox, sorted }: Place, world: World): { id: string; byRule: boolean } | null {
  const loads = world.sorting.loads.get(mailbox.teamId) ?? []
  const byRule = sorted?.ownerId ?? null
  const id = byRule ?? ownerOfNew(mailbox.assigns, loads, mailbox.onDuty?.id ?? null)
  if (id === null) return null
  const load = loads.find(each => each.personId === id)
  if (load) load.open++
  const name = load?.name ?? world.sorting.names.get(id)
  if (name && !world.facts.has(id)) world.facts.set(id, { id, name, zone: null, language: null })
  return { id, byRule: byRule !== null }
}
