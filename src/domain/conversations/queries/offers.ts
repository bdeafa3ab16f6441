/** Options as the desk shows them, below the reply that offered them. */
import { sql } from 'kysely'
import type { OfferView } from '../../../contract/options.ts'
import type { Db, Tx } from '../../../platform/db/index.ts'

type Row = {
  id: string
  messageId: string
  until: Date
  settledHow: NonNullable<OfferView['settled']>['how'] | null
  settledAt: Date | null
  settledBy: string | null
  settledName: string | null
  pickedId: string | null
  said: string
  options: {
    id: string
    words: string
    consequence: string
    cost: string
    promiseWords: string | null
    promiseDueAt: string | null
  }[]
}

/** By the id of the message that offered them. */
export async function offersOf(on: Db | Tx, messageIds: readonly string[]): Promise<Map<string, OfferView>> {
  if (messageIds.length === 0) return new Map()
  const { rows } = await sql<Row>`
    select o.id, o.message_id, o.until, o.settled_how, o.settled_at, o.settled_by, p.name as settled_name, o.picked_id, o.said,
      (select jsonb_agg(jsonb_build_object('id', x.id, 'words', x.words, 'consequence', x.consequence, 'cost', x.cost, 'promiseWords', x.promise_words,
        'promiseDueAt', x.promise_due_at) order by x.position) from offer_option x where x.offer_id = o.id) as options
    from offer o left join person p on p.id = o.settled_by where o.message_id = any(${[...messageIds]}::uuid[])`.execute(
    on,
  )
  return new Map(rows.map(row => [row.messageId, viewOf(row)]))
}

function viewOf(row: Row): OfferView {
  const { settledHow, settledAt } = row
  return {
    id: row.id,
    until: row.until.toISOString(),
    options: row.options.map(({ promiseWords, promiseDueAt, ...option }) => ({
      ...option,
      promise:
        promiseWords && promiseDueAt ? { words: promiseWords, dueAt: new Date(promiseDueAt).toISOString() } : null,
    })),
    settled:
      settledHow && settledAt
        ? {
            how: settledHow,
            at: settledAt.toISOString(),
            by: row.settledBy ? { id: row.settledBy, name: row.settledName ?? '' } : null,
            pickedId: row.pickedId,
            said: row.said,
          }
        : null,
  }
}
