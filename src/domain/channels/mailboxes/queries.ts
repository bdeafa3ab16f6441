/** What screens read of mailboxes, quarantine and deliveries in trouble. Every list is filtered by who asks. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { MailboxView, QuarantineItem, TroubledDelivery } from '../../../contract/mailboxes.ts'
import type { Db } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { type Member, ownedOnlyTeams, visibleTeams } from '../../access/index.ts'
import { errorWords, t } from '../words.ts'
import type { ImapSettings, ServerSettings } from './tables.ts'

const pageSize = 50

export async function mailboxViews(db: Db, id?: string): Promise<z.input<typeof MailboxView>[]> {
  let query = db
    .selectFrom('mailbox as b')
    .innerJoin('team as t', 't.id', 'b.teamId')
    .select([
      'b.id',
      'b.address',
      'b.fromName',
      'b.teamId',
      't.name as teamName',
      'b.receiveBy',
      'b.aliases',
      'b.imap',
      'b.smtp',
    ])
    .select([
      'b.sealed',
      'b.plusAddressing',
      'b.trustedServer',
      'b.startFrom',
      'b.lastGoodPollAt',
      'b.alert',
      'b.alertSince',
    ])
    .select(['b.alertDetail', 'b.pausedAt', 'b.sample'])
    .select(
      sql<number>`(select count(*) from (select from outbox o where o.mailbox_id = b.id and o.state in ('waiting', 'sending') limit 10000) w)`.as(
        'waiting',
      ),
    )
    .where('b.removedAt', 'is', null)
    .orderBy('b.address')
  if (id) query = query.where('b.id', '=', id)
  const rows = await query.execute()
  return rows.map(row => {
    const imap = row.imap as ImapSettings | null
    const smtp = row.smtp as ServerSettings | null
    return {
      id: row.id,
      address: row.address,
      fromName: row.fromName,
      teamId: row.teamId,
      teamName: row.teamName,
      receiveBy: row.receiveBy as 'imap' | 'listener' | 'import',
      aliases: row.aliases,
      imap,
      smtp,
      oauth: imap?.oauth ?? smtp?.oauth ?? null,
      hasPassword: row.sealed !== null,
      plusAddressing: row.plusAddressing,
      trustedServer: row.trustedServer,
      startFrom: row.startFrom as 'now' | 'all',
      lastGoodPollAt: row.lastGoodPollAt?.toISOString() ?? null,
      alert: row.alert,
      alertSince: row.alertSince?.toISOString() ?? null,
      alertDetail: row.alertDetail,
      pausedAt: row.pausedAt?.toISOString() ?? null,
      waiting: Number(row.waiting),
      sample: row.sample,
    }
  })
}

export async function mailboxView(db: Db, id: string): Promise<z.input<typeof MailboxView>> {
  const view = (await mailboxViews(db, id))[0]
  if (!view) throw absent()
  return view
}

/** Quarantine is for administrators and for leads of the mailbox's team. */
function quarantineOf(actor: Member) {
  const led = [...actor.roles].filter(([, role]) => role === 'lead').map(([teamId]) => teamId)
  return sql<boolean>`(${actor.administrator} or b.team_id = any(${led}::uuid[]))`
}

export async function quarantined(db: Db, actor: Member, after: string | undefined) {
  const place = placeFrom(after)
  const rows = await db
    .selectFrom('delivery as d')
    .innerJoin('mailbox as b', 'b.id', 'd.mailboxId')
    .select(['d.id', 'b.address as mailbox', 'd.arrivedAt', 'd.bytes', 'd.reason', 'd.detail', 'd.tries'])
    .select(sql<string | null>`nullif(d.reading->>'from', '')`.as('from'))
    .select(sql<string | null>`nullif(d.reading->>'subject', '')`.as('subject'))
    .where('d.became', '=', 'quarantined')
    .where(quarantineOf(actor))
    .where(
      sql<boolean>`(${place === null} or (d.arrived_at, d.id) < (${place?.at ?? null}::timestamptz, ${place?.id ?? null}::uuid))`,
    )
    .orderBy('d.arrivedAt', 'desc')
    .orderBy('d.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const items: z.input<typeof QuarantineItem>[] = rows.slice(0, pageSize).map(row => ({
    ...row,
    bytes: Number(row.bytes),
    reason: row.reason ?? '',
    arrivedAt: row.arrivedAt.toISOString(),
  }))
  return {
    items,
    next: rows.length > pageSize ? placeText(rows[pageSize - 1]!.arrivedAt, rows[pageSize - 1]!.id) : null,
  }
}

/** Throws absent for what is not theirs. */
export async function openQuarantined(db: Db, actor: Member, deliveryId: string): Promise<void> {
  const row = await db
    .selectFrom('delivery as d')
    .innerJoin('mailbox as b', 'b.id', 'd.mailboxId')
    .select('d.became')
    .where('d.id', '=', deliveryId)
    .where(quarantineOf(actor))
    .executeTakeFirst()
  if (!row) throw absent()
  if (row.became !== 'quarantined') throw new Refusal('not-quarantined', 409)
}

/** What a quarantined mail was kept with: its bytes, or the file that holds them. */
export async function originalOf(db: Db, deliveryId: string) {
  return await db
    .selectFrom('delivery')
    .select(['raw', 'rawFile'])
    .where('id', '=', deliveryId)
    .executeTakeFirstOrThrow()
}

/** Deliveries of the conversations this member sees; those without a conversation are the administrators'. */
function seenBy(actor: Member) {
  return sql<boolean>`(c.team_id = any(${visibleTeams(actor)}::uuid[])
    or (c.owner_id = ${actor.personId} and c.team_id = any(${ownedOnlyTeams(actor)}::uuid[]))
    or (c.id is null and ${actor.administrator}))`
}

export async function troubled(db: Db, actor: Member, after: string | undefined) {
  const place = placeFrom(after)
  const rows = await db
    .selectFrom('outbox as o')
    .leftJoin('conversation as c', 'c.id', 'o.conversationId')
    .leftJoin('message as m', 'm.id', 'o.messageId')
    .select([
      'o.id',
      'o.conversationId',
      'c.number as conversationNumber',
      'o.recipient',
      'o.purpose',
      'o.state',
      'o.error',
      'o.createdAt',
    ])
    .select(['o.bouncedAt', 'o.settledAt'])
    .select(sql<string>`coalesce(o.content->>'subject', m.subject, c.subject, '')`.as('subject'))
    .select(
      sql<string | null>`(select reason from delivery_report r where r.outbox_id = o.id order by r.at desc limit 1)`.as(
        'bounce',
      ),
    )
    .where(sql<boolean>`(o.state in ('uncertain', 'failed'))`)
    .where(seenBy(actor))
    .where(
      sql<boolean>`(${place === null} or (o.created_at, o.id) < (${place?.at ?? null}::timestamptz, ${place?.id ?? null}::uuid))`,
    )
    .orderBy('o.createdAt', 'desc')
    .orderBy('o.id', 'desc')
    .limit(pageSize + 1)
    .execute()
  const items: z.input<typeof TroubledDelivery>[] = rows.slice(0, pageSize).map(row => ({
    id: row.id,
    conversationId: row.conversationId,
    conversationNumber: row.conversationNumber,
    recipient: row.recipient,
    subject: row.subject,
    purpose: row.purpose,
    state: row.bouncedAt ? 'bounced' : (row.state as 'uncertain' | 'failed'),
    error: errorWords(row.error) ?? row.bounce,
    at: (row.settledAt ?? row.createdAt).toISOString(),
  }))
  return {
    items,
    next: rows.length > pageSize ? placeText(rows[pageSize - 1]!.createdAt, rows[pageSize - 1]!.id) : null,
  }
}

/** The row and the team it belongs to, locked; absent for what this member does not see. */
export async function troubleOf(db: Db, actor: Member, outboxId: string) {
  const row = await db
    .selectFrom('outbox as o')
    .leftJoin('conversation as c', 'c.id', 'o.conversationId')
    .select(['o.id', 'o.state', 'o.messageId', 'o.conversationId', 'c.teamId', 'c.ownerId'])
    .where('o.id', '=', outboxId)
    .where(seenBy(actor))
    .forUpdate('o')
    .executeTakeFirst()
  if (!row) throw absent()
  return row
}

export function adviceWords(advice: string | null): string | null {
  return advice === null ? null : t(`channels:advice.${advice}`)
}

function placeText(at: Date, id: string): string {
  return `${at.toISOString()}_${id}`
}

/** Null for the beginning; what is no place of ours is refused. */
function placeFrom(text: string | undefined): { at: Date; id: string } | null {
  if (text === undefined) return null
  const [time = '', id = ''] = text.split('_')
  const at = new Date(time)
  if (Number.isNaN(at.getTime()) || !/^[0-9a-f-]{36}$/i.test(id))
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  return { at, id }
}
