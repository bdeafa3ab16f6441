/** What the head and foot of every page say: how many conversations wait for them, whether one can write to us at all, and pages of our own. */
import { sql } from 'kysely'
import type { Db } from '../../platform/db/index.ts'

/** A page of our own that stands in the head or the foot; its title in each language, ours first. */
export type OwnLink = { slug: string; place: 'head' | 'foot'; titles: { language: string; title: string }[] }
type Around = { waiting: number; writes: boolean; own: OwnLink[] | null }

export async function waitingFor(db: Db, personId: string | null): Promise<Omit<Around, 'own'> & { own: OwnLink[] }> {
  const { rows } = await sql<Around>`
    select (select count(*)::int from conversation c where c.customer_id = ${personId}::uuid and (c.state = 'pending'
        or (c.state = 'solved' and exists (select from follow_up f where f.conversation_id = c.id and f.verdict is null and f.message_id is not null)))) as waiting,
      exists (select from mailbox b join team t on t.id = b.team_id where b.removed_at is null and b.paused_at is null and b.smtp is not null and t.archived_at is null) as writes,
      (select jsonb_agg(jsonb_build_object('slug', s.slug, 'place', p.place, 'titles',
          (select jsonb_agg(jsonb_build_object('language', t.language, 'title', t.title) order by t.language = (select language from installation) desc, t.language) from help_page_text t where t.page_id = p.id))
          order by p.position, p.id)
        from help_page p join help_page_slug s on s.page_id = p.id and s.current where p.published_at is not null and p.place <> 'nowhere') as own`.execute(
    db,
  )
  const { own, ...rest } = rows[0]!
  return { ...rest, own: own ?? [] }
}
