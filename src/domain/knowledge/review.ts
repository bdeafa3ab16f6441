/** Looking at an article again: a reminder of its owner in the ledger, like everything else that is due. Kept, it makes the next one where the article has a rhythm. */
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { installation } from '../access/index.ts'
import { type Moves, writeMoves } from '../promises/index.ts'
import { setChecked, setReview } from './tables.ts'
import { articleWordsIn } from './words.ts'

const day = 86_400_000
type Reviewed = { id: string; ownerId: string; reviewId: string | null; reviewEveryDays: number | null }

async function openReview(tx: Tx, reviewId: string | null) {
  if (!reviewId) return null
  const { rows } = await sql<{ id: string; dueAt: Date; byPersonId: string; words: string }>`
    select id, due_at, by_person_id, words from promise where id = ${reviewId}::uuid and ended_at is null for update`.execute(
    tx,
  )
  return rows[0] ?? null
}

async function wordsOf(tx: Tx, articleId: string): Promise<string> {
  const { language } = await installation(tx)
  const { rows } = await sql<{ title: string }>`select title from article_version where article_id = ${articleId}::uuid
    order by state = 'published' desc, language = ${language} desc, changed_at desc limit 1`.execute(tx)
  return articleWordsIn(language)('reviewWords', { title: (rows[0]?.title ?? '').slice(0, 150) })
}

/** The owner's next look; null: none. Says nothing where it is as it was. Returns whether something changed. */
export async function promiseReview(tx: Tx, it: Reviewed, dueAt: Date | null, now: Date): Promise<boolean> {
  const open = await openReview(tx, it.reviewId)
  if (open && dueAt && open.dueAt.getTime() === dueAt.getTime() && open.byPersonId === it.ownerId) return false
  if (!open && !dueAt) return false
  const ends: Moves['ends'] = open ? [{ id: open.id, how: 'released', why: 'done-otherwise' }] : []
  await write(tx, it, ends, dueAt, now)
  return true
}

/** It was looked at: the promise is kept, and the next one made. */
export async function keepReview(tx: Tx, it: Reviewed, now: Date): Promise<void> {
  const open = await openReview(tx, it.reviewId)
  await setChecked(tx, it.id, now)
  await write(tx, it, open ? [{ id: open.id, how: 'kept', why: null }] : [], nextOf(it, now), now)
}

/** The same where it was kept in the ledger. */
export async function reviewKept(tx: Tx, promiseId: string, now: Date): Promise<void> {
  const { rows } =
    await sql<Reviewed>`select id, owner_id, review_id, review_every_days from article where review_id = ${promiseId}::uuid for update`.execute(
      tx,
    )
  const it = rows[0]
  if (!it || (await openReview(tx, it.reviewId))) return
  await setChecked(tx, it.id, now)
  await write(tx, it, [], nextOf(it, now), now)
}

const nextOf = ({ reviewEveryDays }: Reviewed, now: Date) =>
  reviewEveryDays === null ? null : new Date(now.getTime() + reviewEveryDays * day)

async function write(tx: Tx, it: Reviewed, ends: Moves['ends'], dueAt: Date | null, now: Date) {
  const makes: Moves['makes'] = dueAt
    ? [
        {
          ...{ kind: 'reminder', direction: 'inside', byPersonId: it.ownerId, byTeamId: null, toPersonId: null },
          ...{ words: await wordsOf(tx, it.id), automatic: false, dueAt, told: true, notedBy: null },
        },
      ]
    : []
  const [[made] = []] = await writeMoves(tx, [{ conversationId: null, moves: { ends, makes }, toldBy: null, at: now }])
  await setReview(tx, it.id, made ?? null)
}
