/**
 * What keeps the index whole, as jobs: rows for messages that were there before it (or came back with a backup), newest
 * first, and the table of words for guessing spellings. In small steps, each of which may run twice or be cut short.
 */
import { sql } from 'kysely'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Task } from '../../platform/jobs/index.ts'
import { indexMessages, type Searched } from './write.ts'

/** So few that nobody who asks for a page meanwhile waits for long. */
const filledAtOnce = 100
const countedAtOnce = 5000
const youngest = 'ffffffff-ffff-ffff-ffff-ffffffffffff'

export function searchTasks({ db, clock }: { db: Db; clock: () => Date }): Task[] {
  return [
    {
      name: 'fill-search',
      every: '* * * * *',
      async act(_, signal) {
        await inSteps(signal, () => fillSome(db))
      },
    },
    {
      name: 'count-words',
      every: '*/5 * * * *',
      async act(_, signal) {
        await inSteps(signal, () => countSome(db, clock()))
      },
    },
    { name: 'forget-words', every: '47 3 * * 0', catchUp: true, act: (_, signal) => forgetWords(db, signal) },
  ]
}

/** Whoever answers requests goes first: each step is followed by a rest as long as it took. */
async function inSteps(signal: AbortSignal, act: () => Promise<boolean>) {
  for (let more = true; more && !signal.aborted; ) {
    const began = performance.now()
    more = await act()
    if (more) await new Promise(resolve => setTimeout(resolve, Math.max(20, performance.now() - began)))
  }
}

type Progress = { fillBefore: string | null; filled: boolean; wordsTo: string }

async function progressOf(tx: Tx): Promise<Progress> {
  const { rows } = await sql<Progress>`select fill_before, filled, words_to from search_progress for update`.execute(tx)
  return rows[0]!
}

/** False once nothing is left. */
export function fillSome(db: Db): Promise<boolean> {
  return inTransaction(db, async tx => {
    const progress = await progressOf(tx)
    if (progress.filled) return false
    const rows = await messagesUpTo(tx, progress.fillBefore ?? youngest, filledAtOnce)
    await indexMessages(tx, rows)
    const last = rows.at(-1)
    const more = rows.length === filledAtOnce
    await sql`update search_progress set fill_before = ${last?.id ?? progress.fillBefore}::uuid, filled = ${!more}`.execute(
      tx,
    )
    return more
  })
}

/** The youngest first. */
export async function messagesUpTo(db: Db | Tx, id: string, many: number): Promise<Searched[]> {
  const { rows } = await sql<Searched>`
    select m.id, m.conversation_id, m.kind, m.at, m.subject, m.body_text, m.author_raw, m.recipients, m.language,
      coalesce((select array_agg(a.name order by a.position) from attachment a where a.message_id = m.id), '{}') as files
    from message m where m.id <= ${id}::uuid and m.taken_back_at is null order by m.id desc limit ${many}`.execute(db)
  return rows
}

/** What is filled stays so as long as this process lives: only a new shape of the database or a backup begins anew. */
const whole = new WeakSet<Db>()

/** Null when everything is filled; else about which share. */
export async function filledShare(db: Db): Promise<number | null> {
  if (whole.has(db)) return null
  const { rows } = await sql<{ filled: boolean; share: number | null }>`
    select filled, case when not filled then (select greatest(reltuples, 0) from pg_class where oid = 'message_search'::regclass)
      / greatest((select reltuples from pg_class where oid = 'message'::regclass), 1) end as share from search_progress`.execute(
    db,
  )
  const row = rows[0]
  if (row && !row.filled) return Math.min(0.99, Math.max(0, row.share ?? 0))
  whole.add(db)
  return null
}

const minute = 60_000

/** Words of messages that came since the last time; those of the last minutes may still be on their way into the database. */
export function countSome(db: Db, now: Date): Promise<boolean> {
  return inTransaction(db, async tx => {
    const { wordsTo } = await progressOf(tx)
    const until = `${Math.max(0, now.getTime() - 2 * minute)
      .toString(16)
      .padStart(12, '0')
      .replace(/^(.{8})(.{4})$/, '$1-$2')}-0000-0000-000000000000`
    const { rows } = await sql<{
      last: string | null
      n: number
    }>`select max(message_id::text) as last, count(*)::int as n from
      (select message_id from message_search where message_id > ${wordsTo}::uuid and message_id < ${until}::uuid order by message_id limit ${countedAtOnce}) m`.execute(
      tx,
    )
    const { last, n } = rows[0]!
    if (!last) return false
    const these = `select words from message_search where message_id > '${wordsTo}' and message_id <= '${last}'`
    // Only words with a place count: stems have none.
    await sql`insert into search_word (word, messages) select word, ndoc from ts_stat(${these}, 'abcd') where word ~ '^[[:alpha:]]{3,40}$' order by word
      on conflict (word) do update set messages = search_word.messages + excluded.messages`.execute(tx)
    await sql`update search_progress set words_to = ${last}::uuid`.execute(tx)
    return n === countedAtOnce
  })
}

const forgottenAtOnce = 2000

/** A word that stands in no message any more is gone here, too: names of people who were erased. */
export async function forgetWords(db: Db, signal: AbortSignal = new AbortController().signal): Promise<void> {
  let after = ''
  await inSteps(signal, async () => {
    const { rows } = await sql<{ last: string | null; n: number }>`
      with part as materialized (select word from search_word where word > ${after} order by word limit ${forgottenAtOnce}),
        gone as (delete from search_word where word in (select word from part s where not exists (select from message_search m where m.words @@ quote_literal(s.word)::tsquery)))
      select max(word) as last, count(*)::int as n from part`.execute(db)
    const { last, n } = rows[0]!
    after = last ?? after
    return n === forgottenAtOnce
  })
}
