/** Blocking senders and settling the filter. Refuses what would keep half the world out, or ourselves. */
import type { Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import { type Member, sortsIn } from '../access/index.ts'
import { type SpamSettings, saveSpamSettings } from '../automation/index.ts'
import { type Blockable, isEverybodys, readSender } from './block-rules.ts'
import { seesBlocked } from './queries.ts'
import { addBlocked, forgetAll, isOurs, openBlocked, removeBlocked } from './tables.ts'

export async function blockSender(
  tx: Tx,
  actor: Member,
  input: { sender: string; teamId: string | null },
  now: Date,
): Promise<string> {
  if (input.teamId === null ? !actor.administrator : !sortsIn(actor, input.teamId))
    throw input.teamId === null ? new Refusal('not-yours', 403) : absent()
  const sender = readSender(input.sender)
  if (!sender)
    throw new Refusal('sender-unreadable', 400, { fields: [{ path: 'sender', says: 'is no mail address or domain' }] })
  return block(tx, actor, { ...sender, teamId: input.teamId }, now)
}

/** Who may was asked by the caller. */
export async function block(
  tx: Tx,
  actor: Member,
  it: Blockable & { teamId: string | null },
  now: Date,
): Promise<string> {
  if (it.kind === 'domain' && isEverybodys(it.normal))
    throw new Refusal('everybodys-domain', 409, { facts: { domain: it.normal } })
  if (await isOurs(tx, it)) throw new Refusal('blocks-ourselves', 409, { facts: { sender: it.normal } })
  const { id, fresh } = await addBlocked(tx, { ...it, byId: actor.personId }, now)
  const facts = { blockedId: id, teamId: it.teamId }
  const told = { actorId: actor.personId, scopes: it.teamId ? [it.teamId] : [], facts, at: now }
  if (fresh) await record(tx, { kind: 'sender.blocked', subjectId: id, ...told })
  return id
}

export async function unblockSender(tx: Tx, actor: Member, blockedId: string, now: Date): Promise<void> {
  const it = await openBlocked(tx, blockedId)
  if (!it || !seesBlocked(actor, it)) throw absent()
  if (it.teamId === null && !actor.administrator) throw new Refusal('not-yours', 403)
  await removeBlocked(tx, it.id)
  const told = { actorId: actor.personId, scopes: it.teamId ? [it.teamId] : [], facts: { teamId: it.teamId }, at: now }
  await record(tx, { kind: 'sender.unblocked', subjectId: it.id, ...told })
}

export async function settleSpam(tx: Tx, actor: Member, change: SpamSettings, now: Date): Promise<void> {
  await saveSpamSettings(tx, change)
  const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
  await record(tx, { kind: 'installation.changed', ...told, facts: { setting: 'spam', ...change } })
}

export async function forgetSpam(tx: Tx, actor: Member, now: Date): Promise<void> {
  await forgetAll(tx)
  const told = { subjectId: null, actorId: actor.personId, scopes: [], at: now }
  await record(tx, { kind: 'installation.changed', ...told, facts: { setting: 'spam-forgotten' } })
}
