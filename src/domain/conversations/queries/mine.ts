/** My open promises by due time: mine by name, and while I am on duty or the fallback also my team's; and those of members for whom I answer while they are away or gone. Keyset pages. */
import { sql } from 'kysely'
import type { DuePromise } from '../../../contract/promises.ts'
import type { Db } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import type { Member } from '../../access/index.ts'
import { type PromiseRow, promiseColumns, promiseJoins, viewOfPromise } from '../../promises/index.ts'
import { dueFigures, type Keeping, keepingOf, mineToKeep } from './due.ts'

const page = 100

type MineRow = PromiseRow & {
  number: number | null
  subject: string
  state: string
  customerId: string
  customerName: string
  neededBy: Date | null
  draft: Date | null
}

export async function mine(
  db: Db,
  actor: Member,
  input: { after?: string | undefined; direction: 'ours' | 'theirs' },
  now: Date,
) {
  const keeping = await keepingOf(db, actor, now)
  return { ...(await minePage(db, keeping, input, now)), ...(await dueFigures(db, keeping, now)) }
}

/** One page of them; `theirs` are those of conversations I own. */
export async function minePage(
  db: Db,
  keeping: Keeping,
  input: { after?: string | undefined; direction: 'ours' | 'theirs' },
  now: Date,
) {
  const { personId, teams } = keeping
  const cursor = input.after ? /^(\d{1,15})\.([0-9a-f-]{36})$/.exec(input.after) : null
  if (input.after && !cursor)
    throw new Refusal('bad-shape', 400, { fields: [{ path: 'after', says: 'is no place in this list' }] })
  const at = cursor ? new Date(Number(cursor[1])) : new Date(0)
  const id = cursor?.[2] ?? '00000000-0000-0000-0000-000000000000'
  const beyond = sql`(p.due_at, p.id) > (${at}::timestamptz, ${id}::uuid)`
  const candidates =
    input.direction === 'theirs'
      ? sql`(select p.id, p.due_at from promise p join conversation c on c.id = p.conversation_id where c.owner_id = ${personId}::uuid and p.direction = 'theirs'
          and p.ended_at is null and ${beyond} order by p.due_at, p.id limit ${page + 1})`
      : mineToKeep(keeping, beyond, page + 1)
  const { rows } = await sql<MineRow>`
    with found as materialized (select id, due_at from (${candidates}) f order by due_at, id limit ${page + 1})
    select ${promiseColumns}, c.number, c.subject, c.state, c.customer_id, cu.name as customer_name, c.needed_by,
      (select max(saved_at) from draft d where d.conversation_id = c.id and d.person_id = ${personId}::uuid) as draft
    from found join promise p on p.id = found.id ${promiseJoins} left join conversation c on c.id = p.conversation_id left join person cu on cu.id = c.customer_id
    where c.id is null or c.team_id = any(${teams}::uuid[]) order by p.due_at, p.id`.execute(db)
  const shown = rows.slice(0, page)
  const last = shown.at(-1)
  return {
    promises: shown.map(row => viewOf(row, now)),
    next: rows.length > page && last ? `${last.dueAt.getTime()}.${last.id}` : null,
  }
}

function viewOf(row: MineRow, now: Date): DuePromise {
  return {
    promise: viewOfPromise(row, now),
    // What was said on a visit or a call stands in no conversation.
    conversation: row.conversationId
      ? {
          id: row.conversationId,
          number: row.number!,
          subject: row.subject,
          customer: { id: row.customerId, name: row.customerName },
          state: row.state,
          neededBy: row.neededBy?.toISOString() ?? null,
          draft: row.draft?.toISOString() ?? null,
        }
      : null,
  }
}
