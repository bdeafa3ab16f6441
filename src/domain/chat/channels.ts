/** Channels of chat as administrators set them up: where they may be carried, whose team answers, and the secret with which a site signs who its visitors are. */
import { randomBytes, randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { ChatChannel } from '../../contract/chat.ts'
import type { Keys } from '../../platform/config/keys.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { record } from '../../platform/events/index.ts'
import { absent, Refusal } from '../../platform/http/index.ts'
import type { Member } from '../access/index.ts'

export type About = {
  name: string
  teamId: string
  origins: readonly string[]
  accent: string | null
  phone: string | null
  phoneWords: string
}

type Row = Omit<ChatChannel, 'secretMadeAt' | 'troubles'> & {
  secretMadeAt: Date | null
  troubles: { kind: ChatChannel['troubles'][number]['kind']; origin: string; times: number; lastAt: string }[]
}

export async function channelsOf(db: Db): Promise<ChatChannel[]> {
  const { rows } = await sql<Row>`
    select c.id, c.key, c.name, c.team_id, t.name as team_name, c.origins, c.accent, c.phone, c.phone_words, c.secret_made_at,
      coalesce((select jsonb_agg(jsonb_build_object('kind', x.kind, 'origin', x.origin, 'times', x.times, 'lastAt', x.last_at) order by x.last_at desc)
        from chat_trouble x where x.channel_id = c.id), '[]') as troubles
    from chat_channel c join team t on t.id = c.team_id where c.removed_at is null order by c.created_at`.execute(db)
  return rows.map(({ secretMadeAt, troubles, ...row }) => ({
    ...row,
    secretMadeAt: secretMadeAt?.toISOString() ?? null,
    troubles: troubles.map(each => ({ ...each, lastAt: new Date(each.lastAt).toISOString() })),
  }))
}

async function needTeam(tx: Tx, teamId: string) {
  const { rows } = await sql`select from team where id = ${teamId}::uuid and archived_at is null`.execute(tx)
  if (rows.length === 0)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'teamId', says: 'is no team of this desk' }] })
}

const letters = 'abcdefghijkmnpqrstuvwxyz23456789'
const newKey = () => [...randomBytes(20)].map(byte => letters[byte % letters.length]).join('')

export async function makeChannel(tx: Tx, actor: Member, it: About, now: Date): Promise<{ channelId: string }> {
  await needTeam(tx, it.teamId)
  const id = randomUUIDv7()
  await sql`insert into chat_channel (id, key, name, team_id, origins, accent, phone, phone_words, created_at)
    values (${id}, ${newKey()}, ${it.name}, ${it.teamId}, ${[...new Set(it.origins)]}::text[], ${it.accent}, ${it.phone || null}, ${it.phoneWords}, ${now})`.execute(
    tx,
  )
  await tell(tx, actor, id, 'made', now)
  return { channelId: id }
}

export async function changeChannel(
  tx: Tx,
  actor: Member,
  it: About & { channelId: string },
  now: Date,
): Promise<void> {
  await needTeam(tx, it.teamId)
  const { rows } =
    await sql`update chat_channel set name = ${it.name}, team_id = ${it.teamId}, origins = ${[...new Set(it.origins)]}::text[], accent = ${it.accent},
      phone = ${it.phone || null}, phone_words = ${it.phoneWords} where id = ${it.channelId}::uuid and removed_at is null returning id`.execute(
      tx,
    )
  if (rows.length === 0) throw absent()
  // What was refused from there is not refused any more.
  await sql`delete from chat_trouble where channel_id = ${it.channelId}::uuid and kind = 'foreign-origin' and origin = any(${[...it.origins]}::text[])`.execute(
    tx,
  )
  await tell(tx, actor, it.channelId, 'changed', now)
}

/** Nobody begins there any more; conversations go on by mail. */
export async function removeChannel(tx: Tx, actor: Member, channelId: string, now: Date): Promise<void> {
  const { rows } =
    await sql`update chat_channel set removed_at = ${now} where id = ${channelId}::uuid and removed_at is null returning id`.execute(
      tx,
    )
  if (rows.length === 0) throw absent()
  await sql`update chat_session set ended_at = ${now} where channel_id = ${channelId}::uuid and ended_at is null`.execute(
    tx,
  )
  await tell(tx, actor, channelId, 'removed', now)
}

const aboutSecret = (channelId: string) => `chat ${channelId}`

/** The one before ends at once, and with it everybody it spoke for. */
export async function makeSecret(tx: Tx, keys: Pick<Keys, 'seal'>, actor: Member, channelId: string, now: Date) {
  const secret = randomBytes(32).toString('base64url')
  const { rows } =
    await sql`update chat_channel set secret_sealed = ${keys.seal(secret, aboutSecret(channelId))}, secret_made_at = ${now}
    where id = ${channelId}::uuid and removed_at is null returning id`.execute(tx)
  if (rows.length === 0) throw absent()
  await sql`update chat_session set ended_at = ${now} where channel_id = ${channelId}::uuid and known and ended_at is null`.execute(
    tx,
  )
  await sql`delete from chat_trouble where channel_id = ${channelId}::uuid and kind <> 'foreign-origin'`.execute(tx)
  await tell(tx, actor, channelId, 'secret-made', now)
  return { secret }
}

export function secretOf(keys: Pick<Keys, 'unseal'>, channel: { id: string; secretSealed: Buffer | null }) {
  return channel.secretSealed ? keys.unseal(channel.secretSealed, aboutSecret(channel.id)) : null
}

async function tell(tx: Tx, actor: Member, subjectId: string, how: string, at: Date) {
  await record(tx, {
    kind: 'installation.changed',
    subjectId,
    actorId: actor.personId,
    scopes: [],
    facts: { setting: 'chat', how },
    at,
  })
}
