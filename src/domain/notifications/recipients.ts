/** Who hears of a piece of news: found for a whole batch in one question. Leaves out whoever did it, and whoever may not see it. */
import { type RawBuilder, sql } from 'kysely'
import type { Tx } from '../../platform/db/index.ts'
import { answering, keepersOfMailbox, readersInside, readersOf } from '../access/index.ts'
import type { News } from './news.ts'
import type { Told } from './tables.ts'

/** One piece of news for one person. */
export type ForOne = Omit<Told, 'seqs' | 'inApp' | 'mailAt' | 'pushAt' | 'kind'> & {
  kind: News['kind']
  seq: number
  /** of the sample organisation: shown, and told nowhere else */
  sample: boolean
}

export async function recipientsOf(tx: Tx, news: readonly News[], now: Date): Promise<ForOne[]> {
  const given = news.map(
    ({ conversationId, promiseId, messageId, mailboxId, askId, postId, aboutId, actorId, toId, ...rest }, ix) => ({
      ...{ ix, kind: rest.kind, fresh: rest.fresh, conversation_id: conversationId, promise_id: promiseId },
      ...{
        message_id: messageId,
        mailbox_id: mailboxId,
        ask_id: askId,
        post_id: postId,
        about_id: aboutId,
        actor_id: actorId,
        to_id: toId,
      },
    }),
  )
  const kinds = new Set(news.map(each => each.kind))
  const parts = branches(now).filter(each => each.of.some(kind => kinds.has(kind)))
  const { rows } = await sql<{ ix: number; personId: string; kind: News['kind']; aboutId: string; sample: boolean }>`
    with n as materialized (select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as g(ix integer, kind text, fresh boolean, conversation_id uuid,
      promise_id uuid, message_id uuid, mailbox_id uuid, actor_id uuid, to_id uuid, ask_id uuid, post_id uuid, about_id uuid))
    select f.ix, f.person_id, f.kind, f.about_id, f.sample from (${sql.join(
      parts.map(each => each.ask),
      sql` union all `,
    )}) f(ix, person_id, kind, about_id, sample)
      join n on n.ix = f.ix left join conversation c on c.id = n.conversation_id
    where f.person_id is distinct from n.actor_id
      and (c.id is null or f.person_id in ${readersOf({ owner: sql`c.owner_id`, team: sql`c.team_id` }, now)})
    order by f.ix, f.person_id`.execute(tx)
  return rows.map(({ ix, ...row }) => {
    const { toId: _, fresh: __, kind: ___, aboutId: ____, ...of } = news[ix]!
    return { ...of, ...row }
  })
}

function branches(now: Date): { of: News['kind'][]; ask: RawBuilder<unknown> }[] {
  const answers = (owner: string) => answering({ owner, team: 'c.team_id', fallback: 't.fallback_id' }, now)
  const there = sql`join conversation c on c.id = n.conversation_id join team t on t.id = c.team_id`
  return [
    {
      of: ['mention'],
      ask: sql`select n.ix, w.person_id, n.kind, c.id as about_id, c.sample from n ${there} join mention w on w.message_id = n.message_id and w.conversation_id = c.id
        where n.kind = 'mention'`,
    },
    {
      // What is new and has no owner yet waits in the inbox, and is told of when its time comes near.
      of: ['message'],
      ask: sql`select n.ix, w.person_id, n.kind, c.id, c.sample from n ${there} join message m on m.id = n.message_id and m.kind in ('message', 'reply', 'note', 'call')
        cross join lateral (select ${answers('c.owner_id')} as person_id where c.owner_id is not null or not n.fresh
          union select person_id from follower where conversation_id = c.id) w where n.kind = 'message' and c.state not in ('spam', 'trash', 'merged')`,
    },
    {
      // Everyone who wrote the answer, and whoever has it now. Experts hear of it by what they were asked.
      of: ['verdict'],
      ask: sql`select n.ix, w.person_id, n.kind, c.id, c.sample from n ${there}
        cross join lateral (select ${answers('c.owner_id')} as person_id union select m.author_id from message m join member h on h.person_id = m.author_id and h.disabled_at is null
          where m.conversation_id = c.id and m.kind in ('reply', 'call') and m.taken_back_at is null) w where n.kind = 'verdict' and c.state not in ('spam', 'trash', 'merged')`,
    },
    {
      of: ['choice'],
      ask: sql`select n.ix, w.person_id, n.kind, c.id, c.sample from n ${there}
        cross join lateral (select ${answers('c.owner_id')} as person_id union select person_id from follower where conversation_id = c.id) w
        where n.kind = 'choice' and c.state not in ('spam', 'trash', 'merged')`,
    },
    {
      of: ['given'],
      ask: sql`select n.ix, n.to_id, n.kind, c.id, c.sample from n ${there} where n.kind = 'given'`,
    },
    {
      of: ['goodwill-asked', 'goodwill-decided'],
      ask: sql`select n.ix, n.to_id, n.kind, g.id, g.sample from n join goodwill g on g.id = n.about_id join member m on m.person_id = n.to_id
        where n.kind in ('goodwill-asked', 'goodwill-decided') and m.disabled_at is null`,
    },
    {
      of: ['decision-asked', 'decision-made'],
      ask: sql`select n.ix, n.to_id, n.kind, q.id, false from n join recurring_question q on q.id = n.about_id join team_member r on r.team_id = q.team_id and r.person_id = n.to_id
        where n.kind in ('decision-asked', 'decision-made')`,
    },
    {
      of: ['unsent'],
      ask: sql`select n.ix, coalesce((select person_id from member where person_id = m.author_id), ${answers('c.owner_id')}), n.kind, c.id, c.sample
        from n ${there} join message m on m.id = n.message_id where n.kind = 'unsent'`,
    },
    {
      of: ['unsent'],
      ask: sql`select n.ix, w.person_id, n.kind, a.id, a.sample from n ${there} join ask a on a.id = n.ask_id
        cross join lateral (select ${answers('c.owner_id')} as person_id union select a.by_id) w where n.kind = 'unsent' and w.person_id <> c.customer_id`,
    },
    {
      // To the expert, who may see nothing but the ask; never to the customer it was asked for.
      of: ['asked', 'ask-judged'],
      ask: sql`select n.ix, a.expert_id, n.kind, a.id, a.sample from n join ask a on a.id = n.ask_id join member m on m.person_id = a.expert_id
        where n.kind in ('asked', 'ask-judged') and m.disabled_at is null`,
    },
    {
      of: ['ask-answered'],
      ask: sql`select n.ix, w.person_id, n.kind, a.id, a.sample from n ${there} join ask a on a.id = n.ask_id
        cross join lateral (select ${answers('c.owner_id')} as person_id union select a.by_id) w where n.kind = 'ask-answered' and w.person_id <> c.customer_id`,
    },
    {
      of: ['handed-again'],
      ask: sql`select n.ix, r.person_id, n.kind, c.id, c.sample from n ${there} join team_member r on r.team_id = c.team_id and r.role = 'lead' where n.kind = 'handed-again'`,
    },
    {
      of: ['due-soon', 'overdue', 'reminder'],
      ask: sql`select n.ix, case when c.id is null then p.by_person_id when p.kind = 'ask' then ${answers('c.owner_id')} else ${answers('p.by_person_id')} end,
          case when p.by_person_id is null then 'unowned' else n.kind end, p.id, coalesce(c.sample, false)
        from n join promise p on p.id = n.promise_id and p.direction <> 'theirs' and p.ended_at is null
          left join conversation c on c.id = p.conversation_id left join team t on t.id = c.team_id
        where n.kind in ('due-soon', 'overdue', 'reminder')`,
    },
    {
      // Whoever is to do it knows already.
      of: ['unheeded'],
      ask: sql`select n.ix, r.person_id, n.kind, p.id, coalesce(c.sample, false)
        from n join promise p on p.id = n.promise_id and p.ended_at is null
          left join conversation c on c.id = p.conversation_id left join team t on t.id = coalesce(c.team_id, p.by_team_id)
          join team_member r on r.team_id = t.id and r.role = 'lead' join member m on m.person_id = r.person_id and m.disabled_at is null
        where n.kind = 'unheeded' and r.person_id is distinct from case when c.id is null then p.by_person_id else ${answers('p.by_person_id')} end`,
    },
    {
      // What is said in the community: not to whoever said it, and only to who reads what is inside.
      of: ['topic-mention', 'topic-answered', 'topic-post', 'topic-begun'],
      ask: sql`select n.ix, w.person_id, n.kind, tc.id, tc.sample from n join post tpo on tpo.id = n.post_id and tpo.state = 'standing' join topic tc on tc.id = tpo.topic_id and tc.state = 'standing'
        cross join lateral (select n.to_id as person_id where n.kind = 'topic-mention'
          union select o.author_id from post o where n.kind = 'topic-answered' and tpo.number > 1 and o.topic_id = tc.id and o.number = 1
          union select person_id from topic_follow where n.kind = 'topic-post' and topic_id = tc.id and mode = 'each'
          union select person_id from category_follow where n.kind = 'topic-begun' and tpo.number = 1 and category_id = tc.category_id and mode = 'each') w
        where n.kind like 'topic-%' and w.person_id is distinct from tpo.author_id and w.person_id in ${readersInside(now)}`,
    },
    {
      of: ['mailbox'],
      ask: sql`select n.ix, w.person_id, n.kind, b.id, b.sample from n join mailbox b on b.id = n.mailbox_id and b.removed_at is null
        cross join lateral ${keepersOfMailbox(sql`b.team_id`, now)} w where n.kind = 'mailbox'`,
    },
  ]
}
