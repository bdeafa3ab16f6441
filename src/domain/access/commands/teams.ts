/** What leads and administrators do with teams: settings, roles, duty and working calendars. Refuses whatever would leave a team without a fallback person who can answer. */
import type { Role } from '../../../contract/session.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../actor.ts'
import { mayOwn, maySettle, serves } from '../policy.ts'
import { day, firstBadHours, isOpen } from '../rules.ts'
import { type CalendarRow, openCalendar, saveCalendarRow } from '../tables/calendars.ts'
import { openAccount } from '../tables/members.ts'
import * as rows from '../tables/teams.ts'

export type TeamFields = Omit<rows.TeamRow, 'id'>

export async function makeTeam(tx: Tx, actor: Member, fields: TeamFields, now: Date): Promise<string> {
  await needFallback(tx, fields.fallbackId, now)
  if (!(await openCalendar(tx, fields.calendarId))) throw new Refusal('unknown-calendar', 400)
  const teamId = await rows.makeTeamRow(tx, fields, now)
  await rows.giveRole(tx, teamId, fields.fallbackId, 'lead', now)
  await tell(tx, actor, teamId, { made: true, joined: fields.fallbackId }, now)
  return teamId
}

type TeamChange = { [Field in keyof TeamFields]?: TeamFields[Field] | undefined }

export async function changeTeam(tx: Tx, actor: Member, teamId: string, change: TeamChange, now: Date): Promise<void> {
  // Members before teams, everywhere: so two changes never wait for each other.
  if (change.fallbackId !== undefined) await needFallback(tx, change.fallbackId, now)
  if (!(await rows.openTeam(tx, teamId))) throw absent()
  if (change.calendarId !== undefined && !(await openCalendar(tx, change.calendarId)))
    throw new Refusal('unknown-calendar', 400)
  const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  await rows.changeTeamRow(tx, teamId, said)
  if (change.fallbackId !== undefined && !serves((await rows.roleIn(tx, teamId, change.fallbackId)) ?? undefined))
    await rows.giveRole(tx, teamId, change.fallbackId, 'teammate', now)
  await tell(tx, actor, teamId, { changed: Object.keys(said) }, now)
}

async function needFallback(tx: Tx, personId: string, now: Date) {
  const account = await openAccount(tx, personId)
  if (!account) throw new Refusal('unknown-member', 400)
  if (!isOpen(account, now) || account.expiresAt !== null) throw new Refusal('fallback-leaves', 409)
}

type Seat = { teamId: string; memberId: string }

export async function setRole(tx: Tx, actor: Member, input: Seat & { role: Role }, now: Date): Promise<void> {
  const account = await openAccount(tx, input.memberId)
  const team = await rows.openTeam(tx, input.teamId)
  if (!team || !account) throw absent()
  if (!isOpen(account, now)) throw new Refusal('account-closed', 409)
  if (!serves(input.role)) {
    refuseFallback(team, input.memberId)
    await rows.endDuties(tx, input.memberId, input.teamId, now)
  }
  if (!mayOwn(input.role)) await refuseOwner(tx, input)
  await rows.giveRole(tx, input.teamId, input.memberId, input.role, now)
  await tell(tx, actor, input.teamId, { role: input.role, memberId: input.memberId }, now, [input.memberId])
}

export async function leaveTeam(tx: Tx, actor: Member, input: Seat, now: Date): Promise<void> {
  const team = await rows.openTeam(tx, input.teamId)
  if (!team) throw absent()
  refuseFallback(team, input.memberId)
  if (!(await rows.takeRole(tx, input.teamId, input.memberId))) throw absent()
  await refuseOwner(tx, input)
  await rows.endDuties(tx, input.memberId, input.teamId, now)
  await tell(tx, actor, input.teamId, { left: input.memberId }, now, [input.memberId])
}

function refuseFallback(team: rows.TeamRow, personId: string) {
  if (team.fallbackId === personId) throw new Refusal('fallback-stays', 409, { facts: { teams: team.name } })
}

/** Somebody else takes over first, with a word to those who wait. */
async function refuseOwner(tx: Tx, { teamId, memberId }: Seat) {
  const count = await rows.ownedIn(tx, teamId, memberId)
  if (count > 0) throw new Refusal('still-owns', 409, { facts: { count } })
}

export async function addDuty(
  tx: Tx,
  actor: Member,
  input: Seat & { from: string; to: string },
  now: Date,
): Promise<string> {
  const duty = { teamId: input.teamId, personId: input.memberId, from: new Date(input.from), to: new Date(input.to) }
  const length = duty.to.getTime() - duty.from.getTime()
  if (!(length > 0 && length <= 366 * day)) throw new Refusal('duty-backwards', 400)
  if (duty.to <= now) throw new Refusal('time-passed', 400)
  if (!(await rows.openTeam(tx, input.teamId))) throw absent()
  if (!serves((await rows.roleIn(tx, input.teamId, input.memberId)) ?? undefined)) throw new Refusal('not-serving', 409)
  if (await rows.hasDutyIn(tx, duty)) throw new Refusal('duty-overlaps', 409)
  const dutyId = await rows.addDutyRow(tx, duty)
  await tell(tx, actor, input.teamId, { duty: dutyId, memberId: input.memberId }, now)
  return dutyId
}

export async function removeDuty(tx: Tx, actor: Member, input: { teamId: string; dutyId: string }, now: Date) {
  if (!(await rows.openTeam(tx, input.teamId))) throw absent()
  if (!(await rows.endDuty(tx, input, now))) throw absent()
  await tell(tx, actor, input.teamId, { dutyEnded: input.dutyId }, now)
}

/** A lead saves a calendar that works for their teams alone; one that others share is the administrator's. */
export async function saveCalendar(tx: Tx, actor: Member, calendar: CalendarRow, now: Date): Promise<void> {
  if (firstBadHours(calendar.hours) !== null) throw new Refusal('hours-overlap', 400)
  if (new Set(calendar.holidays.map(holiday => holiday.day)).size < calendar.holidays.length)
    throw new Refusal('holiday-twice', 400)
  const teams = await openCalendar(tx, calendar.id)
  if (teams && !actor.administrator && (teams.length === 0 || !teams.every(teamId => maySettle(actor, teamId))))
    throw new Refusal('not-yours', 403)
  await saveCalendarRow(tx, calendar)
  const told = { subjectId: calendar.id, actorId: actor.personId, at: now }
  await record(tx, { kind: 'calendar.changed', ...told, scopes: teams ?? [], facts: { made: teams === null } })
}

async function tell(
  tx: Tx,
  actor: Member,
  teamId: string,
  facts: Record<string, unknown>,
  now: Date,
  also: string[] = [],
) {
  const told = { subjectId: teamId, actorId: actor.personId, scopes: [teamId, ...also], at: now }
  await record(tx, { kind: 'team.changed', ...told, facts })
}
