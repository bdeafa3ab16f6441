/** HTTP for how conversations hang together, for "later" and for acts on many: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as bulkContract from '../../contract/bulk.ts'
import * as contract from '../../contract/structure.ts'
import type { Tx } from '../../platform/db/index.ts'
import { serve } from '../../platform/http/index.ts'
import { aside } from './aside.ts'
import { bulk } from './commands/bulk.ts'
import { changeLater, dropLater, sendLater, sendLaterNow, takeBackLater } from './commands/later.ts'
import { link, unlink } from './commands/link.ts'
import { merge, undoMerge } from './commands/merge.ts'
import { moveToTeam } from './commands/move.ts'
import { sendNow } from './commands/reply.ts'
import { snooze, wake } from './commands/snooze.ts'
import { split, undoSplit } from './commands/split.ts'
import { remembered, undoAct } from './commands/undo.ts'
import type { ConversationParts } from './parts.ts'
import { findOthers, structure } from './queries/structure.ts'

type Wired = Pick<ConversationParts, 'db' | 'rights' | 'nudges'> & {
  change: <T>(act: (tx: Tx) => Promise<T>) => Promise<T>
}

export function structureRoutes(app: FastifyInstance, { db, rights, nudges, change }: Wired) {
  const [read, write, member] = [rights['conversation:read'], rights['conversation:write'], rights.member]
  serve(app, contract.structure, read, ({ conversationId }, { actor, now }) =>
    structure(db, actor, conversationId, now),
  )
  serve(app, contract.findOthers, read, (input, { actor }) => findOthers(db, actor, input))

  serve(app, contract.merge, rights['conversation:merge'], (input, { actor, now }) =>
    change(tx => merge(tx, actor, input, now)),
  )
  serve(app, contract.undoMerge, rights['conversation:merge'], (input, { actor, now }) =>
    change(tx => undoMerge(tx, actor, input.mergeId, now)),
  )
  serve(app, contract.split, rights['conversation:merge'], (input, { actor, now }) =>
    change(tx => split(tx, actor, input, now)),
  )
  serve(app, contract.undoSplit, rights['conversation:merge'], (input, { actor, now }) =>
    change(tx => undoSplit(tx, actor, input.conversationId, now)),
  )
  serve(app, contract.link, write, (input, { actor, now }) => change(tx => link(tx, actor, input, now)))
  serve(app, contract.unlink, write, (input, { actor, now }) => change(tx => unlink(tx, actor, input, now)))

  serve(app, contract.moveToTeam, rights['conversation:hand-over'], (input, { actor, now }) =>
    change(async tx => {
      const it = { conversationId: input.conversationId, act: 'move', now }
      const move = () => moveToTeam(tx, actor, input, now)
      const { undo } = await remembered(tx, actor, it, move, ({ told }) => !told)
      return { done: true as const, undo }
    }),
  )
  serve(app, contract.snooze, write, (input, { actor, now }) =>
    change(async tx => {
      const it = { conversationId: input.conversationId, act: 'snooze', now }
      const { undo } = await remembered(tx, actor, it, () => snooze(tx, actor, input, now))
      return { undo }
    }),
  )
  serve(app, contract.wake, write, (input, { actor, now }) => change(tx => wake(tx, actor, input.conversationId, now)))

  serve(app, contract.sendLater, write, (input, { actor, now }) =>
    aside(input, ready => change(tx => sendLater(tx, actor, ready, now))),
  )
  serve(app, contract.changeLater, member, (input, { actor, now }) => change(tx => changeLater(tx, actor, input, now)))
  serve(app, contract.sendLaterNow, member, (input, { actor, now }) =>
    change(tx => sendLaterNow(tx, actor, input.laterId, now)),
  )
  serve(app, contract.takeBackLater, member, (input, { actor, now }) =>
    change(tx => takeBackLater(tx, actor, input.laterId, now)),
  )
  serve(app, contract.dropLater, member, (input, { actor, now }) =>
    change(tx => dropLater(tx, actor, input.laterId, now)),
  )
  serve(app, contract.sendNow, member, (input, { actor, now }) =>
    change(tx => sendNow(tx, actor, input.messageId, now)),
  )

  serve(app, bulkContract.bulk, member, async (input, { actor, now }) => {
    const done = await bulk(db, actor, input, now)
    nudges.send('happened')
    nudges.send('outbox')
    return done
  })
  serve(app, bulkContract.undoAct, member, async (input, { actor, now }) => {
    const done = await undoAct(db, actor, input.undo, now)
    nudges.send('happened')
    return done
  })
}
