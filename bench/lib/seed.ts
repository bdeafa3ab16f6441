/**
 * Fills an empty database with an organisation and any number of conversations in all states, by bulk load. Constraint
 * triggers and foreign keys rest meanwhile, and what they hold is asked at the end: a seed that breaks I2 or I3 is refused.
 */
import { createHash } from 'node:crypto'
import type { Pool } from '../../src/platform/db/index.ts'
import { progress } from './figures.ts'

export const teams = 6
export const members = 24
const chunk = 50_000

export const cookieOf = (member: number) => `pond-session=${tokenOf(member)}`
export const tokenHashOf = (member: number) => createHash('sha256').update(tokenOf(member)).digest()
const tokenOf = (member: number) => `bench${String(member).padStart(38, '0')}`

/** Ids rise with time, as the app's own do; `kind` keeps the tables apart. */
const id = (kind: number, n: string) =>
  `(lpad(to_hex(${n}), 8, '0') || '-0000-7000-8000-' || lpad(to_hex(${kind}), 12, '0'))::uuid`
const kinds = {
  team: 1,
  member: 2,
  person: 3,
  address: 4,
  mailbox: 5,
  conversation: 6,
  promise: 7,
  old: 8,
  theirs: 9,
  memberAddress: 10,
}
const messageId = (n: string, k: string) =>
  `(lpad(to_hex(${n}), 8, '0') || '-0000-7000-9000-' || lpad(to_hex(${k}), 12, '0'))::uuid`
const outboxId = (n: string, k: string) =>
  `(lpad(to_hex(${n}), 8, '0') || '-0000-7000-a000-' || lpad(to_hex(${k}), 12, '0'))::uuid`

const uuid = (kind: number, n: number) =>
  `${n.toString(16).padStart(8, '0')}-0000-7000-8000-${kind.toString(16).padStart(12, '0')}`
export const teamId = (n: number) => uuid(kinds.team, n)
export const mailboxId = (n: number) => uuid(kinds.mailbox, n)
export const conversationId = (n: number) => uuid(kinds.conversation, n)

export async function seed(pool: Pool, size: number) {
  const people = Math.max(1000, Math.floor(size / 3))
  await organisation(pool)
  await inChunks(pool, people, seedPeople)
  const began = Date.now()
  let done = 0
  await inChunks(pool, size, async (run, from, to) => {
    for (const statement of conversations(from, to, size, people)) await run(statement)
    done += to - from + 1
    if (size > chunk) progress(`${done} conversations after ${Math.round((Date.now() - began) / 1000)} s`)
  })
  await pool.query(`select setval(pg_get_serial_sequence('conversation', 'number'), ${size})`)
  await pool.query(`select setval(pg_get_serial_sequence('address', 'number'), ${people + members})`)
  await pool.query('vacuum analyze')
  await pool.query('checkpoint')
  const { rows } =
    await pool.query(`select count(*)::int as broken from conversation c where state in ('open', 'pending', 'solved') and not exists (
    select from promise p where p.conversation_id = c.id and p.ended_at is null and p.direction = 'ours'
      and p.kind = case c.state when 'open' then 'reply' when 'pending' then 'ask-again' else 'follow-up' end)`)
  if (rows[0].broken > 0) throw new Error(`the seed left ${rows[0].broken} conversations without what they are owed`)
}

type Run = (statement: string) => Promise<unknown>

/** Two at a time: as many as small machines have cores. */
async function inChunks(pool: Pool, until: number, act: (run: Run, from: number, to: number) => Promise<void>) {
  let next = 1
  const worker = async () => {
    const client = await pool.connect()
    try {
      await client.query('set session_replication_role = replica; set synchronous_commit = off')
      while (next <= until) {
        const from = next
        next += chunk
        await act(statement => client.query(statement), from, Math.min(until, from + chunk - 1))
      }
      await client.query('reset session_replication_role; reset synchronous_commit')
    } finally {
      client.release()
    }
  }
  await Promise.all([worker(), worker()])
}

export async function organisation(pool: Pool) {
  await pool.query(`
    insert into installation (only_one, id, name, zone) values (true, gen_random_uuid(), 'Lindqvist Espresso', 'Europe/Amsterdam')
      on conflict (only_one) do update set name = excluded.name, zone = excluded.zone;
    insert into calendar (id, name, zone) values (${id(1, '0')}, 'Office', 'Europe/Amsterdam');
    insert into calendar_hours select ${id(1, '0')}, d, 540, 1020 from generate_series(1, 5) d;
    insert into person (id, name) select ${id(kinds.member, 'm')}, 'Member ' || m from generate_series(0, ${members - 1}) m;
    insert into address (id, person_id, kind, written, normal) select ${id(kinds.memberAddress, 'm')}, ${id(kinds.member, 'm')}, 'mail', 'member' || m || '@lindqvist.example', 'member' || m || '@lindqvist.example' from generate_series(0, ${members - 1}) m;
    insert into member (person_id) select ${id(kinds.member, 'm')} from generate_series(0, ${members - 1}) m;
    insert into team (id, name, fallback_id, calendar_id) select ${id(kinds.team, 't')}, 'Team ' || t, ${id(kinds.member, 't')}, ${id(1, '0')} from generate_series(0, ${teams - 1}) t;
    insert into team_member (team_id, person_id, role) select ${id(kinds.team, 't')}, ${id(kinds.member, 'm')}, case when m < ${teams} then 'lead' else 'teammate' end
      from generate_series(0, ${members - 1}) m, generate_series(0, ${teams - 1}) t where t in (m % ${teams}, (m + 1) % ${teams});
    insert into mailbox (id, team_id, address, normal, from_name, receive_by, smtp) select ${id(kinds.mailbox, 't')}, ${id(kinds.team, 't')}, 'team' || t || '@lindqvist.example', 'team' || t || '@lindqvist.example', 'Lindqvist Espresso', 'listener',
      '{"host":"127.0.0.1","port":1,"security":"none","user":""}' from generate_series(0, ${teams - 1}) t`)
  for (let member = 0; member < members; member++)
    await pool.query(
      `insert into session (id, person_id, token_hash, created_at, last_seen_at, expires_at) values (gen_random_uuid(), ${id(kinds.member, String(member))}, $1, now(), now(), now() + interval '1 day')`,
      [tokenHashOf(member)],
    )
}

async function seedPeople(run: Run, from: number, to: number) {
  await run(
    `insert into person (id, name, language, created_at) select ${id(kinds.person, 'p')}, 'Customer Nº ' || p, 'en', now() - interval '2 years' from generate_series(${from}, ${to}) p`,
  )
  await run(`insert into address (id, number, person_id, kind, written, normal, verified_at) overriding system value
    select ${id(kinds.address, 'p')}, p + ${members}, ${id(kinds.person, 'p')}, 'mail', 'customer' || p || '@customers.example', 'customer' || p || '@customers.example', now() from generate_series(${from}, ${to}) p`)
}

const words =
  'Good morning. Every day when we switch the machine on, the fuse goes, and the shop stays dark until somebody has been in the cellar. ' +
  'We tried another socket and another cable, as you told us, and it makes no difference. Is it safe to use it like that? We open at seven and ' +
  'the first guests come at half past. Could somebody look at it before the weekend, or tell us what else we could try? Thank you so much for '

/** One statement per table; what a row holds follows from its number alone. */
function conversations(from: number, to: number, size: number, people: number): string[] {
  const state = `case when n % 100 < 6 then 'open' when n % 100 < 12 then 'pending' when n % 100 < 20 then 'solved' when n % 100 < 25 then 'aside' when n % 100 < 27 then 'spam' when n % 100 < 28 then 'trash' else 'closed' end`
  const spread = Math.max(1, Math.floor((3 * 365 * 86_400) / size))
  const series = `(select n, n % ${teams} as t, (n % ${teams} + ${teams} * ((n / ${teams}) % ${members / teams}))::int as m, 1 + (n::bigint * 2654435761 % ${people})::int as p, ${state} as state,
    now() - make_interval(secs => (${size} - n)::bigint * ${spread} + 90000) as opened, n % 100 in (1, 8) as unowned, 3 + n % 3 as messages from generate_series(${from}, ${to}) n) s`
  const last = `opened + messages * interval '2 hours'`
  const owner = `case when unowned then null else ${id(kinds.member, 'm')} end`
  const due = `now() + make_interval(mins => (n::bigint * 7919 % 20000)::int - 3000)`
  const live = `state in ('open', 'pending', 'solved')`
  const ours = `(k % 3 = 2)`
  const each = `${series} cross join lateral generate_series(0, messages - 1) k`
  const told = `case when unowned then messages - 1 else 2 end`
  return [
    `insert into conversation (id, number, customer_id, owner_id, team_id, mailbox_id, channel, subject, state, version, closed_because, outcome, due_at, language, last_at, last_ours, preview, opened_at, closed_at) overriding system value
      select ${id(kinds.conversation, 'n')}, n, ${id(kinds.person, 'p')}, ${owner}, ${id(kinds.team, 't')}, ${id(kinds.mailbox, 't')}, 'mail', 'The machine trips the fuse every morning, part ' || n, state, messages,
        case when state = 'closed' then 'verified' end, case when state in ('solved', 'closed') then 'answered' end, case when ${live} then ${due} end, 'en', ${last}, messages % 3 = 0, left('${words}', 160), opened, case when state = 'closed' then ${last} end from ${series}`,
    `insert into participant (conversation_id, address_id, person_id, role, since) select ${id(kinds.conversation, 'n')}, ${id(kinds.address, 'p')}, ${id(kinds.person, 'p')}, 'customer', opened from ${series}
      union all select ${id(kinds.conversation, 'n')}, ${id(kinds.address, `1 + p % ${people}`)}, ${id(kinds.person, `1 + p % ${people}`)}, 'taking-part', opened from ${series} where n % 5 = 0`,
    `insert into message (id, conversation_id, kind, author_id, author_raw, recipients, at, subject, body_text, body_html, language, rfc_id, next_step)
      select ${messageId('n', 'k')}, ${id(kinds.conversation, 'n')}, case when k = 1 then 'acknowledgement' when ${ours} then 'reply' else 'message' end, case when k = 1 then null when ${ours} then coalesce(${owner}, ${id(kinds.member, 't')}) else ${id(kinds.person, 'p')} end,
        case when k <> 1 and not ${ours} then 'Customer Nº ' || p || ' <customer' || p || '@customers.example>' end, '[{"role":"to","address":"team@lindqvist.example","name":""}]', opened + k * interval '2 hours', case when k = 0 then 'The machine trips the fuse' end,
        substr('${words}', 1 + (n + k)::int % 60, 160 + (n + k)::int % 140) || n, case when k % 2 = 0 then '<p>' || substr('${words}', 1 + (n + k)::int % 60, 220) || '</p>' end, 'en', n || '.' || k || '@bench.example',
        case when ${ours} then '{"is":"answered","followUpAt":"2026-12-01T09:00:00.000Z"}'::jsonb end from ${each}`,
    `insert into outbox (id, mailbox_id, conversation_id, message_id, purpose, automatic, recipient, recipient_normal, address_id, rfc_id, content, created_at, not_before, state, settled_at)
      select ${outboxId('n', 'k')}, ${id(kinds.mailbox, 't')}, ${id(kinds.conversation, 'n')}, ${messageId('n', 'k')}, case when k = 1 then 'acknowledgement' else 'reply' end, k = 1, 'customer' || p || '@customers.example', 'customer' || p || '@customers.example', ${id(kinds.address, 'p')},
        n || '.' || k || '@bench.example', '{"is":"reply"}', opened + k * interval '2 hours', opened + k * interval '2 hours', 'sent', opened + k * interval '2 hours' from ${each} where k = 1 or ${ours}`,
    `insert into delivery (id, mailbox_id, source, mail_id, body_hash, arrived_at, bytes, became, message_id) select ${messageId('n', 'k')}, ${id(kinds.mailbox, 't')}, 'imap', n || '.' || k || '@bench.example', sha256(int8send(n * 10 + k)), opened, 900, 'message', ${messageId('n', 'k')}
      from ${each} where k <> 1 and not ${ours}`,
    `insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, words, automatic, made_at, due_at, told_at, told_by)
      select ${id(kinds.promise, 'n')}, ${id(kinds.conversation, 'n')}, case state when 'open' then 'reply' when 'pending' then 'ask-again' else 'follow-up' end, 'ours', ${owner}, case when unowned then ${id(kinds.team, 't')} end, ${id(kinds.person, 'p')}, 'We get back to you', state = 'open', opened, ${due}, opened, ${messageId('n', told)}
      from ${series} where ${live}`,
    `insert into promise (id, conversation_id, kind, direction, by_person_id, by_team_id, to_person_id, words, automatic, made_at, due_at, told_at, told_by, ended_at, ended_how)
      select ${id(kinds.old, 'n')}, ${id(kinds.conversation, 'n')}, 'reply', 'ours', ${id(kinds.member, 'm')}, null, ${id(kinds.person, 'p')}, 'We get back to you', true, opened, opened + interval '4 hours', opened, ${messageId('n', '1')}, opened + interval '3 hours', case when state in ('aside', 'spam', 'trash') then 'released' else 'kept' end from ${series}`,
    `insert into event (kind, subject_id, actor_id, scopes, facts, at) select (array['message.received', 'message.acknowledged', 'message.replied'])[1 + k % 3], ${id(kinds.conversation, 'n')}, case when ${ours} then ${id(kinds.member, 'm')} end, array[${id(kinds.team, 't')}, ${id(kinds.member, 'm')}],
      jsonb_build_object('state', state, 'version', k + 1, 'messageId', ${messageId('n', 'k')}, 'made', '[]'::jsonb), opened + k * interval '2 hours' from ${each} where k < 3`,
    `insert into sighting (person_id, conversation_id, version) select ${id(kinds.member, 'm')}, ${id(kinds.conversation, 'n')}, messages - n % 2 from ${series}`,
  ]
}
