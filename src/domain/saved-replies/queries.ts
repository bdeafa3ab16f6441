/** Saved replies as screens show them: all that somebody may use or change. */
import { sql } from 'kysely'
import type { z } from 'zod'
import type { SavedReply } from '../../contract/saved-replies.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type Member, mayRead } from '../access/index.ts'
import { mayChange, seesSavedReply } from './rules.ts'

type Row = {
  id: string
  name: string
  shortcut: string | null
  ownerId: string | null
  teamId: string | null
  teamName: string | null
  nextStep: SavedReply['nextStep']
  texts: { language: string; body: string }[]
  used: number
  verified: number
  flags:
    | {
        id: string
        at: string
        verdict: 'incomplete' | 'wrong'
        said: string
        conversationId: string
        number: number
        teamId: string
        ownerId: string | null
      }[]
    | null
  archivedAt: Date | null
  changedAt: Date
}
/** More than anybody finds again by looking. */
const most = 2000

export async function savedRepliesOf(
  on: Db | Tx,
  actor: Member,
  id: string | null = null,
): Promise<z.input<typeof SavedReply>[]> {
  const teams = [...actor.roles.keys()]
  const { rows } = await sql<Row>`
    select r.id, r.name, r.shortcut, r.owner_id, r.team_id, t.name as team_name, r.next_step, r.used, r.verified, r.archived_at, r.changed_at,
      (select jsonb_agg(jsonb_build_object('id', f.id, 'at', f.made_at, 'verdict', u.verdict, 'said', u.said, 'conversationId', c.id, 'number', c.number,
        'teamId', c.team_id, 'ownerId', c.owner_id) order by f.made_at desc)
        from saved_reply_flag f join follow_up u on u.id = f.follow_up_id left join message m on m.id = u.message_id
        join conversation c on c.id = coalesce(m.conversation_id, u.conversation_id) where f.saved_reply_id = r.id and f.settled_at is null) as flags,
      (select jsonb_agg(jsonb_build_object('language', x.language, 'body', x.body) order by x.position) from saved_reply_text x where x.saved_reply_id = r.id) as texts
    from saved_reply r left join team t on t.id = r.team_id
    where (${id}::uuid is null or r.id = ${id}::uuid) and (r.team_id is null or t.archived_at is null)
      and (r.owner_id = ${actor.personId}::uuid or (r.owner_id is null and (r.team_id is null or ${actor.administrator} or r.team_id = any(${teams}::uuid[]))))
    order by r.archived_at is not null, lower(r.name), r.id limit ${most}`.execute(on)
  return rows.filter(row => seesSavedReply(actor, row)).map(row => viewOf(row, actor))
}

/** Who may not read the conversation learns that it did not hold, and no more. */
function flagOf({ teamId, ownerId, ...flag }: NonNullable<Row['flags']>[number], actor: Member) {
  const shown = { ...flag, at: new Date(flag.at).toISOString() }
  return mayRead(actor, { teamId, ownerId }) ? shown : { ...shown, said: '', conversationId: null, number: null }
}

function viewOf(row: Row, actor: Member): z.input<typeof SavedReply> {
  const { ownerId, teamId, archivedAt, changedAt, texts, flags, ...rest } = row
  return {
    ...rest,
    whose: ownerId ? { is: 'mine' } : teamId ? { is: 'team', teamId } : { is: 'everybody' },
    texts: texts ?? [],
    flags: mayChange(actor, row) ? (flags ?? []).map(flag => flagOf(flag, actor)) : [],
    archivedAt: archivedAt?.toISOString() ?? null,
    changedAt: changedAt.toISOString(),
    mayChange: mayChange(actor, row),
  }
}
