/** A desk for tests of asks: Ana leads and Bram serves, Jane is in no team; mail is taken in, and the reader of the log is run by hand. */
import { randomUUIDv7 } from 'node:crypto'
import { sql } from 'kysely'
import type { Member } from '../src/domain/access/index.ts'
import { makeAsk } from '../src/domain/asks/commands/ask.ts'
import { oneAsk } from '../src/domain/asks/queries.ts'
import { askReader } from '../src/domain/asks/reactions.ts'
import { tokenAddress } from '../src/domain/channels/index.ts'
import { inTransaction, type Tx } from '../src/platform/db/index.ts'
import { aDesk, keys, mail } from './desk.ts'
import { readToTheEnd } from './reading.ts'

export const baseUrl = new URL('https://pond.example')
export const words = (text: string) => ({ html: `<p>${text}</p>`, text, preview: text })
export type AskDesk = Awaited<ReturnType<typeof anAskDesk>>

export async function anAskDesk() {
  const desk = await aDesk()
  const { world } = desk
  const member = (personId: string, name: string, role?: 'lead' | 'teammate'): Member => ({
    ...{ is: 'member', personId, name, administrator: false, sessionId: '' },
    roles: new Map(role ? [[world.team, role]] : []),
  })
  const ana = member(world.ana, 'Ana Kovačević', 'lead')
  const bram = member(world.bram, 'Bram de Wit', 'teammate')
  const jane = member(randomUUIDv7(), 'Jane Osei')
  await sql`insert into person (id, name) values (${jane.personId}, 'Jane Osei')`.execute(desk.db)
  await sql`insert into address (id, person_id, kind, written, normal, verified_at) values (${randomUUIDv7()}, ${jane.personId}, 'mail', 'jane@lindqvist.example', 'jane@lindqvist.example', now())`.execute(
    desk.db,
  )
  await sql`insert into member (person_id) values (${jane.personId})`.execute(desk.db)
  const act = <T>(work: (tx: Tx) => Promise<T>) => inTransaction(desk.db, work)
  const later = (hours: number) => new Date(desk.clock.now.getTime() + hours * 3_600_000).toISOString()

  let customers = 0
  /** A customer's mail that Bram owns, with a message that may go along and one that may not. */
  async function matter() {
    const from = `k${++customers}@saudade.example`
    const [taken] = await desk.take(
      mail({ from: `Inês <${from}>`, subject: 'Secret project', text: 'The fuse trips.' }),
    )
    const id = taken!.conversationId!
    await sql`update conversation set owner_id = ${bram.personId}::uuid where id = ${id}::uuid`.execute(desk.db)
    const { rows } = await sql<{ id: string }>`select id from message where conversation_id = ${id}::uuid`.execute(
      desk.db,
    )
    return { id, from, messageId: rows[0]!.id }
  }
  async function asked(more: { conversationId?: string; address?: string; context?: string[]; files?: string[] } = {}) {
    const it = more.conversationId ? null : await matter()
    const conversationId = more.conversationId ?? it!.id
    const whom = more.address ? { address: more.address, name: 'Pat Partner' } : { memberId: jane.personId }
    const { askId } = await act(tx =>
      makeAsk(
        tx,
        baseUrl,
        bram,
        {
          conversationId,
          ...whom,
          body: words('Which fuse fits?'),
          context: more.context ?? [],
          files: more.files,
          dueAt: later(4),
        },
        desk.clock.now,
      ),
    )
    return { askId, conversationId, from: it?.from ?? '', messageId: it?.messageId ?? '' }
  }
  const view = (askId: string, who = bram) => oneAsk(desk.db, who, askId, desk.clock.now)
  const lastMail = async (askId: string) => {
    const { rows } = await sql<{
      number: number
      recipient: string
      rfcId: string
      content: Record<string, unknown>
      addressNumber: number
      automatic: boolean
    }>`select a.number, o.recipient, o.rfc_id, o.content, d.number as address_number, o.automatic from outbox o join ask_message m on m.id = o.ask_message_id join ask a on a.id = m.ask_id
      join address d on d.id = o.address_id where a.id = ${askId}::uuid order by o.created_at desc, o.id desc limit 1`.execute(
      desk.db,
    )
    return rows[0]
  }
  async function tokenOf(askId: string, purpose: 'ask' | 'return' = 'ask') {
    const sent = (await lastMail(askId))!
    const subject = {
      ...{ purpose, conversationId: askId, conversationNumber: sent.number },
      ...{ recipient: sent.recipient.toLowerCase(), addressNumber: sent.addressNumber },
    }
    return tokenAddress('service@lindqvist.example', subject, keys)!
  }
  const settle = () =>
    readToTheEnd(
      desk,
      askReader(baseUrl, () => desk.clock.now),
    )
  const promises = async (conversationId: string) =>
    (
      await sql<{ by: string; to: string | null; how: string | null; kind: string }>`
        select bp.name as by, tp.name as to, p.ended_how as how, p.kind from promise p left join person bp on bp.id = p.by_person_id left join person tp on tp.id = p.to_person_id
        where p.conversation_id = ${conversationId}::uuid and p.kind = 'ask' order by p.made_at, p.id`.execute(desk.db)
    ).rows

  return { ...desk, desk, ana, bram, jane, act, later, matter, asked, view, lastMail, tokenOf, settle, promises }
}

/** A report of another server that a mail could not be delivered. */
export const bounceOf = (id: string, recipient: string, to: string) =>
  [
    'From: MAILER-DAEMON@mx.example',
    `To: ${to}`,
    'Subject: Undelivered Mail Returned to Sender',
    `Message-ID: <${randomUUIDv7()}@mx.example>`,
    'Auto-Submitted: auto-replied',
    'MIME-Version: 1.0',
    'Content-Type: multipart/report; report-type=delivery-status; boundary="b"',
    '',
    '--b',
    'Content-Type: text/plain',
    '',
    'No such user.',
    '--b',
    'Content-Type: message/delivery-status',
    '',
    'Reporting-MTA: dns; mx.example',
    '',
    `Final-Recipient: rfc822; ${recipient}`,
    'Action: failed',
    'Status: 5.1.1',
    'Diagnostic-Code: smtp; 550 5.1.1 no such user',
    '',
    '--b',
    'Content-Type: text/rfc822-headers',
    '',
    `Message-ID: <${id}>`,
    '--b--',
    '',
  ].join('\r\n')
