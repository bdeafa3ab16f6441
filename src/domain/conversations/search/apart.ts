/**
 * Conversations in which the words stand in different messages, and then those that have most of the words: what somebody
 * who remembers a matter types is seldom all in one mail. Asked for where one message with everything leaves room on the page.
 */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { inSightOf } from '../../access/index.ts'
import type { Unit } from '../../search/index.ts'
import { hitsOf, type Match, ranked, stretchesOf, type Wanted, withoutOwnNotes } from './matches.ts'

type Partly = Omit<Wanted, 'after'> & { except: readonly string[] }

/** More words than this cost more than they tell. */
const mostUnits = 6

export async function partlyOf(on: Tx, wanted: Partly): Promise<Match[]> {
  const units = wanted.units.slice(0, mostUnits)
  const needed = units.length > 2 ? units.length - 1 : units.length
  const parts = units.map((unit, n) => one(wanted, unit, n))
  const all = 2 ** units.length - 1
  const { rows } = await sql<Match>`
    with found as materialized (${sql.join(parts, sql` union all `)}),
      seen as materialized (select f.conversation_id as id, bit_or(f.bit) as bits, max(f.at) as at, count(distinct f.message_id)::int as matches from found f
        where f.conversation_id <> all(${wanted.except}::uuid[]) group by f.conversation_id having bit_count(bit_or(f.bit)::bit(8)) >= ${needed}),
      best as (select s.* from seen s join conversation c on c.id = s.id where ${inSightOf(wanted.actor, 'c')} and ${wanted.filter.where}
        order by s.bits = ${all} desc, s.at desc, s.id limit ${wanted.limit})
    select b.id, (select f.message_id from found f where f.conversation_id = b.id order by f.bit, f.at desc limit 1) as message_id, b.at, 0::float8 as score, b.matches, b.bits = ${all} as whole
    from best b order by b.bits = ${all} desc, b.at desc, b.id`.execute(on)
  return rows
}

function one(wanted: Partly, unit: Unit, n: number): RawBuilder<unknown> {
  const [stretch] = stretchesOf(wanted, [unit], null)
  return sql`(select ${2 ** n}::int as bit, n.message_id, n.conversation_id, n.at
    from (select * from (${hitsOf(wanted, [unit], stretch!)}) h order by h.at desc limit ${ranked}) n where ${withoutOwnNotes(wanted.actor, 'n')})`
}
