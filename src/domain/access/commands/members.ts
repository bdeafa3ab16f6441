/** What administrators do with members: invite, change, hand out links. Refuses to leave the installation without an administrator, or a team without its fallback. */
import type { Role } from '../../../contract/session.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { addressOf, changePerson, findOrMakePeople, readAddress } from '../../people/index.ts'
import type { Member } from '../actor.ts'
import { type AccessParts, linkTo } from '../parts.ts'
import { isLastAdministrator, isOpen } from '../rules.ts'
import { dropLinks, makeLink } from '../tables/links.ts'
import {
  type Account,
  accountOf,
  changeAccount,
  fallbackFor,
  holdAdministrators,
  makeMember,
  openAccount,
} from '../tables/members.ts'
import { endSessions } from '../tables/sessions.ts'
import { endDuties, giveRole, openTeam } from '../tables/teams.ts'

export type Invitation = {
  name: string
  address: string
  administrator: boolean
  expiresAt: string | null
  teams: readonly { teamId: string; role: Role }[]
}

/** The link comes back as well, to be handed over by other means. */
export async function invite(
  parts: AccessParts,
  tx: Tx,
  actor: Member,
  input: Invitation,
  now: Date,
): Promise<{ personId: string; link: string }> {
  const expiresAt = ahead(input.expiresAt, now)
  const normal = readAddress(input.address)?.normal
  const found = (await findOrMakePeople(tx, [{ address: input.address, name: input.name }], now)).get(normal ?? '')
  if (!found)
    throw new Refusal('address-unreadable', 400, { fields: [{ path: 'address', says: 'is not a mail address' }] })
  const { personId } = found
  if (!(await makeMember(tx, { personId, administrator: input.administrator, passwordHash: null, expiresAt }, now)))
    throw new Refusal('already-member', 409)
  await changePerson(tx, personId, { name: input.name })
  for (const { teamId, role } of [...input.teams].sort((a, b) => (a.teamId < b.teamId ? -1 : 1))) {
    if (!(await openTeam(tx, teamId))) throw new Refusal('unknown-team', 400)
    await giveRole(tx, teamId, personId, role, now)
  }
  const teams = input.teams.map(team => team.teamId)
  const facts = { administrator: input.administrator, teams }
  const told = { subjectId: personId, actorId: actor.personId, at: now }
  await record(tx, { kind: 'member.invited', ...told, scopes: [], facts })
  for (const teamId of teams)
    await record(tx, {
      kind: 'team.changed',
      ...told,
      subjectId: teamId,
      scopes: [teamId],
      facts: { joined: personId },
    })
  const link = await linkFor(parts, tx, (await accountOf(tx, personId))!, actor.name, now)
  return { personId, link }
}

/** A link for somebody who has none or lost it: an invitation before the first password, a new password after. */
export async function linkForMember(
  parts: AccessParts,
  tx: Tx,
  actor: Member,
  memberId: string,
  now: Date,
): Promise<string> {
  const account = await openAccount(tx, memberId)
  if (!account) throw absent()
  if (!isOpen(account, now)) throw new Refusal('account-closed', 409)
  const told = { subjectId: memberId, actorId: actor.personId, scopes: [memberId], at: now }
  await record(tx, { kind: 'member.changed', ...told, facts: { link: true } })
  return linkFor(parts, tx, account, actor.name, now)
}

async function linkFor(parts: AccessParts, tx: Tx, account: Account, invitedBy: string, now: Date): Promise<string> {
  const { personId } = account
  await dropLinks(tx, { personId })
  const about = account.passwordHash === null ? ('invitation' as const) : ('new-password' as const)
  const made = await makeLink(tx, personId, about, now)
  const link = linkTo(parts.baseUrl, made.token)
  const address = await addressOf(tx, personId)
  const mail = { personId, name: account.name, language: account.language, zone: account.zone, about, link }
  if (address) await parts.mailLink(tx, { ...mail, address, until: made.expiresAt, invitedBy, now })
  return link
}

export type MemberChange = {
  memberId: string
  administrator?: boolean | undefined
  disabled?: boolean | undefined
  expiresAt?: string | null | undefined
}

export async function changeMember(tx: Tx, actor: Member, input: MemberChange, now: Date): Promise<void> {
  const personId = input.memberId
  const administrators = await holdAdministrators(tx, personId)
  const account = await accountOf(tx, personId)
  if (!account) throw absent()
  const expiresAt = input.expiresAt === undefined ? undefined : ahead(input.expiresAt, now)
  const closes = input.disabled === true && account.disabledAt === null
  const ends = expiresAt !== undefined && expiresAt !== null
  if (closes || ends) await refuseFallback(tx, personId)
  if ((closes || ends || input.administrator === false) && isLastAdministrator(administrators, personId))
    throw new Refusal('last-administrator', 409)
  await changeAccount(tx, personId, {
    ...(input.administrator === undefined ? {} : { administrator: input.administrator }),
    ...(input.disabled === undefined ? {} : { disabledAt: input.disabled ? (account.disabledAt ?? now) : null }),
    ...(expiresAt === undefined ? {} : { expiresAt }),
  })
  if (closes) await close(tx, personId, now)
  const { memberId: _, ...facts } = input
  await record(tx, {
    kind: 'member.changed',
    subjectId: personId,
    actorId: actor.personId,
    scopes: [personId],
    facts,
    at: now,
  })
}

/** Nothing of theirs opens a door any more, and nobody waits for them on duty. */
async function close(tx: Tx, personId: string, now: Date) {
  await endSessions(tx, { personId }, now)
  await dropLinks(tx, { personId })
  await endDuties(tx, personId, null, now)
}

async function refuseFallback(tx: Tx, personId: string) {
  const teams = await fallbackFor(tx, personId)
  if (teams.length > 0) throw new Refusal('fallback-stays', 409, { facts: { teams: teams.join(', ') } })
}

function ahead(time: string | null, now: Date): Date | null {
  if (time === null) return null
  const at = new Date(time)
  if (at <= now) throw new Refusal('time-passed', 400)
  return at
}
