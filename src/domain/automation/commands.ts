/** What administrators and leads do with rules. A lead's rule works in their own team, and moves nothing where they settle nothing. */
import type { RuleActions, RuleConditions } from '../../contract/rules.ts'
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { type Member, maySettleRules } from '../access/index.ts'
import { asksSomething, doesSomething } from './rules.ts'
import * as rows from './tables.ts'

export function settlesRule(actor: Member, rule: { teamId: string | null }): boolean {
  return rule.teamId === null ? actor.administrator : maySettleRules(actor, rule.teamId)
}

export type NewRule = {
  teamId: string | null
  name: string
  enabled: boolean
  stops: boolean
  conditions: RuleConditions
  actions: RuleActions
}

export async function makeRule(tx: Tx, actor: Member, input: NewRule, now: Date): Promise<string> {
  if (!settlesRule(actor, input)) throw input.teamId === null ? new Refusal('not-yours', 403) : absent()
  await rows.nextVersion(tx)
  await refuseBad(tx, actor, input, now)
  if ((await rows.countRules(tx)) >= rows.mostRules) throw new Refusal('too-many-rules', 409)
  const id = await rows.addRule(tx, { ...input, byId: actor.personId }, now)
  await tell(tx, actor, { id, teamId: input.teamId }, { made: true }, now)
  return id
}

type Change = {
  ruleId: string
  name?: string | undefined
  enabled?: boolean | undefined
  stops?: boolean | undefined
  conditions?: RuleConditions | undefined
  actions?: RuleActions | undefined
}

export async function changeRule(tx: Tx, actor: Member, { ruleId, ...change }: Change, now: Date): Promise<void> {
  const before = await open(tx, actor, ruleId)
  const said = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  const rule = { ...before, ...said } as rows.RuleRow
  if (change.conditions || change.actions) await refuseBad(tx, actor, rule, now)
  await rows.saveRule(tx, rule)
  await tell(tx, actor, rule, { changed: Object.keys(said) }, now)
}

export async function removeRule(tx: Tx, actor: Member, ruleId: string, now: Date): Promise<void> {
  const rule = await open(tx, actor, ruleId)
  await rows.saveRule(tx, { ...rule, deletedAt: now })
  await tell(tx, actor, rule, { removed: true }, now)
}

/** In its old place. */
export async function restoreRule(tx: Tx, actor: Member, ruleId: string, now: Date): Promise<void> {
  const rule = await open(tx, actor, ruleId, 'deleted')
  if (rule.deletedAt === null) return
  if ((await rows.countRules(tx)) >= rows.mostRules) throw new Refusal('too-many-rules', 409)
  await rows.saveRule(tx, { ...rule, deletedAt: null })
  await tell(tx, actor, rule, { restored: true }, now)
}

export async function moveRule(
  tx: Tx,
  actor: Member,
  input: { ruleId: string; to: 'up' | 'down' },
  now: Date,
): Promise<void> {
  const rule = await open(tx, actor, input.ruleId)
  const other = await rows.neighbourOf(tx, rule, input.to)
  if (!other) return
  await rows.swapPlaces(tx, rule, other)
  await tell(tx, actor, rule, { moved: input.to }, now)
}

async function open(tx: Tx, actor: Member, ruleId: string, which: 'there' | 'deleted' = 'there') {
  await rows.nextVersion(tx)
  const rule = await rows.openRule(tx, ruleId)
  if (!rule || !settlesRule(actor, rule) || (which === 'there' && rule.deletedAt !== null)) throw absent()
  return rule
}

async function refuseBad(
  tx: Tx,
  actor: Member,
  rule: { teamId: string | null; conditions: RuleConditions; actions: RuleActions },
  now: Date,
) {
  if (!asksSomething(rule.conditions)) throw new Refusal('rule-asks-nothing', 400)
  if (!doesSomething(rule.actions)) throw new Refusal('rule-does-nothing', 400)
  const { teamId, ownerId } = rule.actions
  if (rule.teamId !== null && teamId !== null && !maySettleRules(actor, teamId))
    throw new Refusal('rule-moves-away', 409)
  const allowed = await rows.allowedNow(
    tx,
    { teamIds: teamId ? [teamId] : [], ownerIds: ownerId ? [ownerId] : [] },
    now,
  )
  if (teamId !== null && !allowed.teams.has(teamId)) throw new Refusal('unknown-team', 400)
  // Where no team is named, mail arrives for many: the owner must be able to own in one of them.
  const place = teamId ?? rule.teamId
  if (ownerId !== null && ![...allowed.owners].some(seat => !place || seat === `${ownerId} ${place}`))
    throw new Refusal('not-in-team', 409)
}

async function tell(
  tx: Tx,
  actor: Member,
  rule: { id: string; teamId: string | null },
  facts: Record<string, unknown>,
  now: Date,
) {
  const told = { subjectId: rule.id, actorId: actor.personId, scopes: rule.teamId ? [rule.teamId] : [], at: now }
  await record(tx, { kind: 'rule.changed', ...told, facts: { teamId: rule.teamId, ...facts } })
}
