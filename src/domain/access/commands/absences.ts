/** Being away, and how work is given out: what members enter for themselves, and leads and administrators for them. Refuses a deputy who could answer nowhere. */
import type { z } from 'zod'
import type { Assigns } from '../../../contract/absences.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../actor.ts'
import { maySettle, seesTeam } from '../policy.ts'
import { day, isOpen } from '../rules.ts'
import * as rows from '../tables/absences.ts'
import { openAccount } from '../tables/members.ts'
import { openTeam } from '../tables/teams.ts'

const longest = 366 * day

export type NewAbsence = { memberId: string; from: string; to: string; deputyId: string | null }

export async function addAbsence(tx: Tx, actor: Member, input: NewAbsence, now: Date): Promise<string> {
  const [from, to] = [new Date(input.from), new Date(input.to)]
  // In one order, so that two who stand in for each other never wait for each other.
  const ids = [input.memberId, ...(input.deputyId ? [input.deputyId] : [])].sort()
  const accounts = new Map<string, Awaited<ReturnType<typeof openAccount>>>()
  for (const id of ids) accounts.set(id, await openAccount(tx, id))
  const account = accounts.get(input.memberId)
  const teams = await needMay(tx, actor, account ? input.memberId : null)
  if (to <= from || to.getTime() - from.getTime() > longest) throw new Refusal('absence-backwards', 400)
  if (to <= now) throw new Refusal('time-passed', 400)
  if (!account || !isOpen(account, now)) throw new Refusal('account-closed', 409)
  if (input.deputyId) {
    if (input.deputyId === input.memberId) throw new Refusal('deputy-self', 400)
    const deputy = accounts.get(input.deputyId)
    const covered = deputy && isOpen(deputy, now) ? await rows.teamsCovered(tx, input.memberId, input.deputyId) : 0
    if (covered === 0) throw new Refusal('deputy-elsewhere', 409)
  }
  if (await rows.isAbsentIn(tx, input.memberId, from, to)) throw new Refusal('absence-overlaps', 409)
  const absence = { personId: input.memberId, deputyId: input.deputyId, from, to, byId: actor.personId }
  const id = await rows.addAbsenceRow(tx, absence, now)
  await tell(tx, actor, { ...absence, id }, teams, { made: true }, now)
  return id
}

export async function endAbsence(tx: Tx, actor: Member, absenceId: string, now: Date): Promise<void> {
  const it = await rows.openAbsence(tx, absenceId)
  if (!it) throw absent()
  const teams = await needMay(tx, actor, it.personId)
  if (it.to <= now) throw absent()
  await rows.endAbsenceRow(tx, it, now)
  await tell(tx, actor, it, teams, { ended: true }, now)
}

/** Oneself, a lead of a team they are in, an administrator. Whom one does not know does not exist. */
async function needMay(tx: Tx, actor: Member, personId: string | null): Promise<string[]> {
  if (personId === null) throw absent()
  const teams = await rows.teamsOf(tx, personId)
  if (personId === actor.personId || actor.administrator || teams.some(teamId => maySettle(actor, teamId))) return teams
  throw teams.some(teamId => actor.roles.has(teamId) && seesTeam(actor, teamId))
    ? new Refusal('not-yours', 403)
    : absent()
}

async function tell(
  tx: Tx,
  actor: Member,
  it: rows.AbsenceRow,
  teams: string[],
  facts: Record<string, unknown>,
  now: Date,
) {
  await record(tx, {
    kind: 'member.away',
    subjectId: it.personId,
    actorId: actor.personId,
    scopes: [it.personId, ...(it.deputyId ? [it.deputyId] : []), ...teams],
    facts: { absenceId: it.id, deputyId: it.deputyId, from: it.from, to: it.to, ...facts },
    at: now,
  })
}

export async function setAssigns(
  tx: Tx,
  actor: Member,
  input: { teamId: string; assigns: z.infer<typeof Assigns> },
  now: Date,
): Promise<void> {
  if (!(await openTeam(tx, input.teamId))) throw absent()
  await rows.setAssignsOf(tx, input.teamId, input.assigns)
  await tellTeam(tx, actor, input.teamId, { assigns: input.assigns }, now)
}

export async function setLoadLimit(
  tx: Tx,
  actor: Member,
  input: { teamId: string; memberId: string; limit: number | null },
  now: Date,
): Promise<void> {
  if (!(await openTeam(tx, input.teamId))) throw absent()
  if (!(await rows.setLimitOf(tx, input.teamId, input.memberId, input.limit))) throw absent()
  await tellTeam(tx, actor, input.teamId, { limitOf: input.memberId, limit: input.limit }, now)
}

async function tellTeam(tx: Tx, actor: Member, teamId: string, facts: Record<string, unknown>, now: Date) {
  const told = { subjectId: teamId, actorId: actor.personId, scopes: [teamId], at: now }
  await record(tx, { kind: 'team.changed', ...told, facts })
}
