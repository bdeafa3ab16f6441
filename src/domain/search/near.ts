/** Words people here wrote that are spelled nearly like one that was typed. Says nothing about who may see them: whoever asks must look. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'
import { slipsOf } from './near-rules.ts'

const longest = 40
const shown = 6

/** The likeliest first: one slip away before those that merely look alike; the more often written the better. */
export async function wordsNear(db: Db, word: string): Promise<string[]> {
  if (word.length < 3 || word.length > longest) return []
  const { rows } = await sql<{ word: string }>`
    select word from (
      (select word, messages, 1::float8 as likeness from search_word where word = any(${slipsOf(word)}::text[]) order by messages desc limit ${shown})
      union all (select word, messages, similarity(word, ${word})::float8 from search_word where word % ${word} and word <> ${word} order by similarity(word, ${word}) desc, messages desc limit ${shown})) w
    group by word order by max(likeness) desc, max(messages) desc limit ${shown}`.execute(db)
  return rows.map(row => row.word)
}
