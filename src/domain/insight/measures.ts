/**
 * Where the figures of Insight come from: rows of (about_id, team_id, at, measure, n) for the conversations `c` of the
 * common table `about`. Each counts for the team a conversation lies with now. No person stands in any of it.
 */
import { type RawBuilder, sql } from 'kysely'
import { Because } from '../../contract/promises.ts'

/** What somebody was told to expect; what Pond reminds us of by itself is owed to nobody. */
export const owedKinds: RawBuilder<unknown> = sql`('reply', 'action', 'decision', 'renewal')`

/** Released ones are left out: nobody waited for them any more. */
const counted = sql`p.direction in ('ours', 'theirs') and p.kind in ${owedKinds} and p.ended_how in ('kept', 'replaced', 'given-up')`
const why = sql`case when p.ended_why is null then 'broken-unsaid' when p.ended_why = 'we-cannot' then 'broken-no'
  when p.ended_why = any(${[...Because.options]}::text[]) then 'broken-' || p.ended_why else 'broken-other' end`
/** In time or late; moved before it was due; or broken, and why: moved after it was due, or given up. */
const outcome = sql`p.direction || '.' || case p.ended_how
  when 'kept' then case when p.ended_at <= p.due_at then 'kept' else 'kept-late' end
  when 'replaced' then case when p.ended_at <= p.due_at then 'renegotiated' else ${why} end
  else ${why} end`

/** Of ours that were kept late also why, where somebody said it. */
const lateBecause = sql`case when p.direction = 'ours' and p.ended_how = 'kept' and p.ended_at > p.due_at then
  'ours.late-' || case when p.ended_why = any(${[...Because.options]}::text[]) then p.ended_why else 'unsaid' end end`
const both = sql`unnest(array_remove(array[${outcome}, ${lateBecause}], null))`

const promises = sql`
  select c.about_id, c.team_id, p.ended_at, ${both}, 1
  from about c join promise p on p.conversation_id = c.about_id where ${counted}`

/** Promises outside conversations are counted under their own ids. */
const promisesOutside = (ids: readonly string[]) => sql`
  select p.id, p.by_team_id, p.ended_at, ${both}, 1
  from promise p where p.id = any(${ids}::uuid[]) and p.conversation_id is null and ${counted}`

/** A reply that said it is the answer, until the next one: a verdict says whether it held; else whether they wrote again. */
const answers = sql`
  select a.about_id, a.team_id, a.at, unnest(case
      when j.verdict = 'worked' then array['answer.given', 'answer.held']
      when j.verdict in ('incomplete', 'wrong') or a.again then array['answer.given', 'answer.not-held']
      when j.verdict = 'silent' then array['answer.given', 'answer.held']
      else array['answer.given'] end), 1
  from (select c.about_id, c.team_id, m.at, lead(m.at) over next as until,
      exists (select from message w where w.conversation_id = c.about_id and w.kind = 'message' and w.at > m.at) as again
    from about c join message m on m.conversation_id = c.about_id
    where m.kind = 'reply' and m.taken_back_at is null and m.next_step->>'is' = 'answered'
    window next as (partition by c.about_id order by m.at, m.id)) a
  left join lateral (select verdict from judged v where v.about_id = a.about_id and v.at >= a.at and (a.until is null or v.at < a.until)
    order by v.seq limit 1) j on true`

const verdicts = sql`
  select about_id, team_id, at, 'verdict.' || verdict, 1 from judged
  union all select about_id, team_id, at, case verdict when 'worked' then 'first.worked' else 'first.other' end, 1
  from judged where verdict <> 'silent' and turn = 1`

/** The second and later ones are named as such as well, and whether it went back to somebody who had it before. */
const handovers = sql`
  select h.about_id, h.team_id, h.at, unnest(array_remove(array['handover', case when h.turn > 1 then 'handover.second' end,
    case when h.back or exists (select from handover b where b.conversation_id = h.about_id and b.from_id = h.to_id and b.at <= h.at) then 'handover.back' end], null)), 1
  from (select c.about_id, c.team_id, h.at, h.to_id, h.back, row_number() over (partition by c.about_id order by h.at, h.id) as turn
    from about c join handover h on h.conversation_id = c.about_id) h
  union all select c.about_id, c.team_id, m.at, 'moved', 1 from about c join team_move m on m.conversation_id = c.about_id
  union all select c.about_id, c.team_id, k.asked_at, 'ask', 1 from about c join ask k on k.conversation_id = c.about_id`

/** What a customer began, and how long it took until a person said something: never what was acknowledged by itself. */
const begun = sql`
  select b.about_id, b.team_id, b.opened_at, unnest(array_remove(array['begun',
    case when b.human is null then 'human.none' when b.human < interval '1 hour' then 'human.hour' when b.human < interval '4 hours' then 'human.four'
      when b.human < interval '1 day' then 'human.day' when b.human < interval '3 days' then 'human.days' else 'human.later' end,
    case when b.told and b.human is not null then 'human.automatic' end], null)), 1
  from (select c.*, (select min(m.at) from message m where m.conversation_id = c.about_id and m.kind in ('reply', 'call') and m.author_id is not null
        and m.author_id <> c.customer_id and m.taken_back_at is null and m.at >= c.opened_at) - c.opened_at as human,
      exists (select from outbox o where o.conversation_id = c.about_id and o.purpose = 'acknowledgement') as told
    from about c where c.state not in ('aside', 'merged') and c.closed_because is distinct from 'imported'
      and (select m.kind from message m where m.conversation_id = c.about_id and m.kind not in ('note', 'automatic') order by m.at, m.id limit 1) = 'message') b`

const said = sql`
  select c.about_id, c.team_id, m.at, case when m.author_id is null then 'said.automatic' else 'said.people' end, 1
  from about c join message m on m.conversation_id = c.about_id
  where m.kind in ('reply', 'call', 'follow-up') and m.taken_back_at is null and c.closed_because is distinct from 'imported'
  union all select c.about_id, c.team_id, o.created_at, 'said.automatic', 1
  from about c join outbox o on o.conversation_id = c.about_id where o.purpose = 'acknowledgement'`

/** The common tables `about` and `judged`, and all rows of those ids. */
export const tablesFor = (ids: readonly string[]): RawBuilder<unknown> => sql`
  about as (select id as about_id, team_id, customer_id, state, closed_because, opened_at, sample
    from conversation where id = any(${ids}::uuid[]) and state not in ('spam', 'trash')),
  judged as (select c.about_id, c.team_id, e.at, e.seq, case e.kind when 'follow-up.silent' then 'silent' else e.facts->>'verdict' end as verdict,
      row_number() over (partition by c.about_id, e.kind order by e.seq) as turn
    from about c join event e on e.subject_id = c.about_id
    where e.kind = 'follow-up.silent' or (e.kind = 'follow-up.judged' and e.facts->>'verdict' in ('worked', 'incomplete', 'wrong')))`

export const rowsFor = (ids: readonly string[]): RawBuilder<unknown> =>
  sql.join([promises, promisesOutside(ids), answers, verdicts, handovers, begun, said], sql` union all `)
