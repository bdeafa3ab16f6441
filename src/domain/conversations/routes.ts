/** HTTP for conversations: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import * as contract from '../../contract/conversations.ts'
import * as spamContract from '../../contract/spam.ts'
import * as todayContract from '../../contract/today.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import { type Actor, type Member, mayRead } from '../access/index.ts'
import { aside } from './aside.ts'
import { begin } from './commands/begin.ts'
import { bePresent, dropDraft, markSeen, saveDraft } from './commands/beside.ts'
import { blockCustomer } from './commands/block.ts'
import { note } from './commands/note.ts'
import { give, handOver, own } from './commands/ownership.ts'
import { putAway, takeBack } from './commands/put-away.ts'
import { closeQuietly, replyTo, undoReply } from './commands/reply.ts'
import { setNeededBy, settleParticipant, undoForward } from './commands/settle.ts'
import { remembered } from './commands/undo.ts'
import { fileRoutes } from './files.ts'
import { ledgerRoutes } from './ledger/routes.ts'
import { conversationMarkRoutes } from './mark-routes.ts'
import { outsideRoutes } from './outside-routes.ts'
import type { ConversationParts } from './parts.ts'
import { counts } from './queries/counts.ts'
import { list } from './queries/list.ts'
import { newestMessages } from './queries/messages.ts'
import { open } from './queries/open.ts'
import { today } from './queries/today.ts'
import { searchRoutes } from './search/routes.ts'
import { structureRoutes } from './structure-routes.ts'
import { writingRoutes } from './writing-routes.ts'

export function conversationRoutes(app: FastifyInstance, parts: ConversationParts) {
  const { db, rights, nudges } = parts
  const [read, write, member] = [rights['conversation:read'], rights['conversation:write'], rights.member]
  const change = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const done = await inTransaction(db, act)
    nudges.send('happened')
    nudges.send('outbox')
    return done
  }

  serve(app, contract.list, member, (input, { actor, now }) => list(db, actor, input, now))
  serve(app, contract.counts, member, (_, { actor, now }) => counts(db, actor, now))
  serve(app, contract.openByNumber, member, async ({ number }, { actor }) => ({
    id: (await seenPlace(db, actor, sql`number = ${number}`)).id,
  }))
  serve(app, contract.open, read, (input, { actor, now }) => open(db, actor, input.conversationId, now))
  serve(app, contract.earlierMessages, read, async (input, { actor, now }) => {
    await seenPlace(db, actor, sql`id = ${input.conversationId}::uuid`)
    return newestMessages(db, input.conversationId, input.before, now)
  })

  serve(app, contract.begin, rights['conversation:begin'], (input, { actor, now }) =>
    aside(input, ready => change(tx => begin(tx, actor, ready, now))),
  )
  serve(app, contract.reply, write, (input, { actor, now }) =>
    aside(input, ready => change(tx => replyTo(tx, actor, ready, now))),
  )
  serve(app, contract.closeQuietly, write, (input, { actor, now }) =>
    change(tx => {
      const it = { conversationId: input.conversationId, act: 'close', now }
      return remembered(tx, actor, it, () => closeQuietly(tx, actor, input, now))
    }),
  )
  serve(app, contract.undoReply, member, (input, { actor, now }) =>
    change(tx => undoReply(tx, actor, input.messageId, now)),
  )
  serve(app, contract.note, write, (input, { actor, now }) =>
    aside(input, ready => change(tx => note(tx, actor, ready, now)), { mentions: true }),
  )
  serve(app, contract.takeOwnership, rights['conversation:hand-over'], (input, { actor, now }) =>
    change(tx => {
      const it = { conversationId: input.conversationId, act: 'own', now }
      return remembered(tx, actor, it, () => own(tx, actor, input.conversationId, now))
    }),
  )
  serve(app, contract.assign, rights['conversation:hand-over'], (input, { actor, now }) =>
    change(tx => {
      const it = { conversationId: input.conversationId, act: 'assign', now }
      return remembered(tx, actor, it, () => give(tx, actor, input.conversationId, input.memberId, now))
    }),
  )
  serve(app, contract.handOver, write, (input, { actor, now }) => change(tx => handOver(tx, actor, input, now)))
  serve(app, contract.setNeededBy, write, (input, { actor, now }) => change(tx => setNeededBy(tx, actor, input, now)))
  serve(app, contract.putAway, rights['conversation:put-away'], (input, { actor, now }) =>
    change(tx => putAway(tx, actor, input, now)),
  )
  serve(app, contract.takeBack, rights['conversation:put-away'], (input, { actor, now }) =>
    change(tx => takeBack(tx, actor, input.conversationId, now)),
  )
  serve(app, spamContract.blockCustomer, rights['conversation:put-away'], (input, { actor, now }) =>
    change(tx => blockCustomer(tx, actor, input, now)),
  )
  serve(app, contract.settleParticipant, write, (input, { actor, now }) =>
    change(tx => settleParticipant(tx, actor, input, now)),
  )
  serve(app, contract.undoForward, write, (input, { actor, now }) =>
    change(tx => undoForward(tx, actor, input.conversationId, now)),
  )

  serve(app, contract.saveDraft, write, (input, { actor, now }) =>
    inTransaction(db, tx => saveDraft(tx, actor, input, now)),
  )
  serve(app, contract.dropDraft, write, (input, { actor }) => inTransaction(db, tx => dropDraft(tx, actor, input)))
  serve(app, contract.bePresent, read, async (input, { actor, now }) => {
    const place = await seenPlace(db, actor, sql`id = ${input.conversationId}::uuid`)
    return change(tx => bePresent(tx, actor, place, input.doing, now))
  })
  serve(app, contract.markSeen, read, async (input, { actor, now }) => {
    await seenPlace(db, actor, sql`id = ${input.conversationId}::uuid`)
    return change(tx => markSeen(tx, actor, input, now))
  })

  serve(app, todayContract.today, member, (_, { actor, now }) => today(db, actor, now))
  const seen = (actor: Member, id: string) => seenPlace(db, actor, sql`id = ${id}::uuid`)
  ledgerRoutes(app, { db, rights, change })
  conversationMarkRoutes(app, { db, rights, change, seen })
  outsideRoutes(app, { db, rights, change })
  structureRoutes(app, { db, rights, nudges, change })
  fileRoutes(app, parts)
  searchRoutes(app, parts)
  writingRoutes(app, parts, (actor, id) => seenPlace(db, actor, sql`id = ${id}::uuid`))
}

/** The door for reading: where it lies, if the actor may see it at all. */
export async function seenPlace(db: Db, actor: Actor | Member, where: ReturnType<typeof sql>) {
  const { rows } = await sql<{
    id: string
    teamId: string
    ownerId: string | null
  }>`select id, team_id, owner_id from conversation where ${where}`.execute(db)
  if (!rows[0] || !mayRead(actor, rows[0])) throw absent()
  return rows[0]
}
