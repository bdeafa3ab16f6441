/** Topics of the community as notifications stand beside them: what a query over `notification n` joins, who may see it, and what is shown. Only what stands is told of. */
import { type RawBuilder, sql } from 'kysely'
import type { NotificationKind } from '../../contract/notifications.ts'

const topicKinds = [
  'topic-mention',
  'topic-answered',
  'topic-post',
  'topic-begun',
] as const satisfies NotificationKind[]
const theirs = sql.join(topicKinds.map(kind => sql.lit(kind)))

/** `tc` is the topic, one that became another still leads there; `tpo` the newest post of it. */
export const aboutTopic: RawBuilder<unknown> = sql`left join topic tc on n.kind in (${theirs}) and tc.id = n.about_id left join post tpo on tpo.id = n.post_id`
export const ofTopic: RawBuilder<boolean> = sql`n.kind in (${theirs})`
export const topicStands: RawBuilder<boolean> = sql`(tc.state in ('standing', 'merged') and coalesce(tpo.state = 'standing', false))`
/** Whoever wrote it, by the name the community shows them with. */
export const topicAuthor: RawBuilder<string | null> =
  sql`(select coalesce(case when tpo.by_us then null else cp.shown_name end, case when position('@' in pe.name) = 0 then nullif(pe.name, '') end)
  from person pe left join community_person cp on cp.person_id = pe.id where pe.id = tpo.author_id)`
