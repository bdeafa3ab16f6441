/** What those who look after the community decide about somebody: that they stop writing for a while, and how well we know them. Both are told to nobody else, and can be taken back. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../../platform/db/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { tending } from '../reading.ts'
import type { CommunityAs } from '../rules.ts'
import { tell } from '../telling.ts'

/** Whoever is one of us is spoken to, and waits for nobody anyway. */
async function needPerson(tx: Tx, personId: string, decides: boolean): Promise<void> {
  const { rows } = await sql<{ member: boolean }>`
    select exists (select from member m where m.person_id = p.id and m.disabled_at is null) as member from person p where p.id = ${personId}::uuid`.execute(
    tx,
  )
  if (!rows[0]) throw absent()
  if (rows[0].member && decides) throw new Refusal('one-of-us', 409)
}

type Stopping = { personId: string; stopped: { until: string | null; because: string } | null }

export async function stopPerson(tx: Tx, given: CommunityAs, it: Stopping, now: Date): Promise<void> {
  const as = tending(given)
  const { stopped } = it
  await needPerson(tx, it.personId, stopped !== null)
  const until = stopped?.until ? new Date(stopped.until) : null
  if (until && until <= now)
    throw new Refusal('stop-has-passed', 400, { fields: [{ path: 'stopped.until', says: 'has passed' }] })
  await sql`insert into community_person (id, person_id, stopped_at, stopped_until, stopped_because)
    values (${randomUUIDv7()}, ${it.personId}, ${stopped ? now : null}, ${until}, ${stopped?.because ?? null})
    on conflict (person_id) do update set stopped_at = excluded.stopped_at, stopped_until = excluded.stopped_until, stopped_because = excluded.stopped_because`.execute(
    tx,
  )
  const facts = { stopped: stopped !== null, until: stopped?.until ?? null }
  await tell(tx, { kind: 'community-person.stopped', subjectId: it.personId, as, facts }, now)
}

/** Null: it follows again from what they do here. */
export async function trustPerson(
  tx: Tx,
  given: CommunityAs,
  it: { personId: string; trust: 'trusted' | 'new' | null },
  now: Date,
): Promise<void> {
  const as = tending(given)
  await needPerson(tx, it.personId, it.trust !== null)
  await sql`insert into community_person (id, person_id, trust_said, trust_said_at)
    values (${randomUUIDv7()}, ${it.personId}, ${it.trust}, ${it.trust ? now : null})
    on conflict (person_id) do update set trust_said = excluded.trust_said, trust_said_at = excluded.trust_said_at`.execute(
    tx,
  )
  await tell(
    tx,
    { kind: 'community-person.trusted', subjectId: it.personId, as, facts: { trust: it.trust ?? 'as-grown' } },
    now,
  )
}
