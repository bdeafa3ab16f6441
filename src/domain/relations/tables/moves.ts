/**
 * What goes from one person to another when two records become one: a line for every column that names a person, with the
 * key its rows are found by again. A test holds this list against the database: a new column stands here, or among those that stay.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'

type Move = {
  table: string
  column: string
  /** all of them uuids; with the column they name one row */
  keys: readonly string[]
  /** of the table as `t`: which of the absorbed one's rows go; absent: all */
  only?: (from: string, to: string) => RawBuilder<unknown>
}

/** Where the absorbed one is customer or takes part. */
const theirs = (from: string) =>
  sql`(select conversation_id from participant where person_id = ${from}::uuid union select id from conversation where customer_id = ${from}::uuid)`
/** Walks small indexes only: the ledger has none over all that somebody was ever promised. */
const promisesOf = (column: string) => (from: string) => {
  const named = sql`${sql.ref(`q.${column}`)} = ${from}::uuid`
  return sql`t.id in (select q.id from promise q where ${named} and q.ended_at is null
    union select q.id from promise q where ${named} and q.conversation_id in ${theirs(from)}
    union select q.id from promise q where ${named} and q.relationship_id = (select id from relationship where person_id = ${from}::uuid))`
}
const notThereYet = (table: string, column: string, key: string) => (_: string, to: string) =>
  sql`not exists (select from ${sql.table(table)} o where o.${sql.ref(column)} = ${to}::uuid and o.${sql.ref(key)} = t.${sql.ref(key)})`

/** In this order: the first ones find their rows by what the later ones move. */
export const moves: readonly Move[] = [
  { table: 'message', column: 'author_id', keys: ['id'], only: from => sql`t.conversation_id in ${theirs(from)}` },
  { table: 'promise', column: 'to_person_id', keys: ['id'], only: promisesOf('to_person_id') },
  {
    table: 'promise',
    column: 'by_person_id',
    keys: ['id'],
    only: from => sql`t.direction = 'theirs' and ${promisesOf('by_person_id')(from)}`,
  },
  { table: 'participant', column: 'person_id', keys: ['conversation_id', 'address_id'] },
  { table: 'address', column: 'person_id', keys: ['id'] },
  { table: 'touch', column: 'person_id', keys: ['id'] },
  { table: 'relationship_note', column: 'person_id', keys: ['id'] },
  { table: 'goodwill', column: 'person_id', keys: ['id'] },
  { table: 'follow_up', column: 'person_id', keys: ['id'], only: from => sql`t.conversation_id in ${theirs(from)}` },
  {
    table: 'ask_message',
    column: 'author_id',
    keys: ['id'],
    only: from => sql`t.ask_id in (select id from ask where expert_id = ${from}::uuid)`,
  },
  { table: 'ask', column: 'expert_id', keys: ['id'] },
  {
    table: 'membership',
    column: 'person_id',
    keys: ['organisation_id'],
    only: notThereYet('membership', 'person_id', 'organisation_id'),
  },
  {
    table: 'person_field',
    column: 'person_id',
    keys: ['field_id'],
    only: notThereYet('person_field', 'person_id', 'field_id'),
  },
  {
    table: 'conversation_share',
    column: 'person_id',
    keys: ['id'],
    only: notThereYet('conversation_share', 'person_id', 'conversation_id'),
  },
  { table: 'post', column: 'author_id', keys: ['id'] },
  {
    table: 'post_like',
    column: 'person_id',
    keys: ['post_id'],
    only: notThereYet('post_like', 'person_id', 'post_id'),
  },
  { table: 'post_flag', column: 'person_id', keys: ['id'], only: notThereYet('post_flag', 'person_id', 'post_id') },
  {
    table: 'post_mention',
    column: 'person_id',
    keys: ['post_id'],
    only: notThereYet('post_mention', 'person_id', 'post_id'),
  },
  {
    table: 'practice_try',
    column: 'person_id',
    keys: ['id'],
    only: notThereYet('practice_try', 'person_id', 'topic_id'),
  },
  {
    table: 'topic_follow',
    column: 'person_id',
    keys: ['topic_id'],
    only: notThereYet('topic_follow', 'person_id', 'topic_id'),
  },
  {
    table: 'category_follow',
    column: 'person_id',
    keys: ['category_id'],
    only: notThereYet('category_follow', 'person_id', 'category_id'),
  },
  {
    table: 'community_waiting',
    column: 'person_id',
    keys: ['post_id'],
    only: notThereYet('community_waiting', 'person_id', 'post_id'),
  },
  {
    table: 'community_person',
    column: 'person_id',
    keys: ['id'],
    only: (_, to) => sql`not exists (select from community_person o where o.person_id = ${to}::uuid)`,
  },
  // What a browser may see follows from what it has proved, not from whom it names.
  { table: 'chat_session', column: 'person_id', keys: ['id'] },
]

/** What names a person and stays with the record it named, or is moved by hand beside this list. */
export const stays: Record<string, string> = {
  'backup.asked_by': 'a member did it',
  'conversation.customer_id': 'moved with its version and an event',
  'conversation_link.by_id': 'a member did it',
  'conversation_tag.by_id': 'a member did it',
  'mail_import.asked_by': 'a member did it',
  'member.person_id': 'members are not merged away',
  'merge.by_id': 'a member did it',
  'merge.undone_by': 'a member did it',
  'not_same_person.one_id': 'was said of the record that it was',
  'not_same_person.other_id': 'was said of the record that it was',
  'notification.actor_id': 'told long ago',
  'offer.settled_by': 'history of one answer',
  'person.merged_into': 'leads from the absorbed one to the survivor',
  'person.no_unasked_by': 'who said so then',
  'person_merge.survivor_id': 'the record of merging itself',
  'person_merge.absorbed_id': 'the record of merging itself',
  'person_merge.by_id': 'a member did it',
  'person_merge.undone_by': 'a member did it',
  'relationship.person_id': 'joined with the other one by hand',
  'team_move.by_id': 'a member did it',
  'unasked_contact.person_id': 'moved as far as the limit allows',
}

export type Moved = { table: string; column: string; keys: string[][] }

export async function moveAll(tx: Tx, from: string, to: string): Promise<Moved[]> {
  const moved: Moved[] = []
  for (const move of moves) {
    const { rows } = await sql<{ keys: string[] }>`
      update ${sql.table(move.table)} t set ${sql.ref(move.column)} = ${to}::uuid where t.${sql.ref(move.column)} = ${from}::uuid ${move.only ? sql`and ${move.only(from, to)}` : sql``}
      returning jsonb_build_array(${sql.join(move.keys.map(key => sql`t.${sql.ref(key)}`))}) as keys`.execute(tx)
    if (rows.length > 0) moved.push({ table: move.table, column: move.column, keys: rows.map(row => row.keys) })
  }
  return moved
}

/** What is still where it was put goes back; what was moved on since stays. */
export async function moveBack(tx: Tx, moved: readonly Moved[], from: string, to: string): Promise<void> {
  for (const { table, column, keys } of moved) {
    const move = moves.find(each => each.table === table && each.column === column)
    if (!move) continue
    const same = move.keys.map((key, at) => sql`t.${sql.ref(key)} = (k.key->>${sql.lit(at)})::uuid`)
    await sql`update ${sql.table(table)} t set ${sql.ref(column)} = ${to}::uuid from jsonb_array_elements(${JSON.stringify(keys)}::jsonb) k(key)
      where ${sql.join(same, sql` and `)} and t.${sql.ref(column)} = ${from}::uuid`.execute(tx)
  }
}
