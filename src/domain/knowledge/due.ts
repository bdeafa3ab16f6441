/** What stands by the clock: versions whose time has come. Any number of processes may look: each version is published once. */
import { sql } from 'kysely'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { openArticle, versionsAtHand } from './tables.ts'
import { stand } from './turning.ts'

export async function publishDue({ db, nudges }: { db: Db; nudges: Pick<Nudges, 'send'> }, now: Date): Promise<void> {
  const { rows } = await sql<{ articleId: string; language: string }>`
    select article_id, language from article_version where state = 'scheduled' and publish_at <= ${now} order by publish_at limit 50`.execute(
    db,
  )
  for (const { articleId, language } of rows) {
    await inTransaction(db, async tx => {
      const article = await openArticle(tx, null, articleId)
      const { work } = await versionsAtHand(tx, articleId, language)
      if (work?.state !== 'scheduled' || !work.publishAt || work.publishAt > now) return
      await stand(tx, null, article, work, now)
    })
  }
  if (rows.length > 0) nudges.send('happened')
}
