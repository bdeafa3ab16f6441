/** HTTP for questions that come again: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/questions.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Member, Rights } from '../access/index.ts'
import { earlierAnswer } from './answer.ts'
import { askedBefore } from './asked-before.ts'
import { askForDecision, decide, judgeQuestions, teachWith } from './commands.ts'
import { deciders, decisionsFor, recurringOf, recurringPage } from './queries.ts'

export type QuestionParts = { db: Db; rights: Rights; nudges: Pick<Nudges, 'send'> }

export function questionRoutes(app: FastifyInstance, { db, rights, nudges }: QuestionParts) {
  const [member, serves, read, write] = [
    rights.member,
    rights['question:serve'],
    rights['conversation:read'],
    rights['conversation:write'],
  ]
  const changed = async (actor: Member, id: string, now: Date, act: (tx: Tx) => Promise<void>) => {
    const question = await inTransaction(db, async tx => {
      await act(tx)
      return recurringOf(tx, actor, id, now)
    })
    if (!question) throw absent()
    nudges.send('happened')
    return { question }
  }
  serve(app, contract.askedBefore, read, ({ conversationId }, { actor, now }) =>
    askedBefore(db, actor, conversationId, now),
  )
  serve(app, contract.earlierAnswer, read, (input, { actor }) => earlierAnswer(db, actor, input))
  serve(app, contract.judgeQuestions, write, async (input, { actor, now }) => {
    await inTransaction(db, tx => judgeQuestions(tx, actor, input, now))
    nudges.send('happened')
    return { done: true as const }
  })
  serve(app, contract.recurringQuestions, member, (input, { actor, now }) => recurringPage(db, actor, input, now))
  serve(app, contract.myDecisions, member, async (_, { actor, now }) => ({
    questions: await decisionsFor(db, actor, now),
  }))
  serve(app, contract.decidersOf, serves, async ({ recurringId }, { actor, now }) => {
    const question = await recurringOf(db, actor, recurringId, now)
    if (!question) throw absent()
    return { people: await deciders(db, question.teamId, now) }
  })
  serve(app, contract.askForDecision, serves, (input, { actor, now }) =>
    changed(actor, input.recurringId, now, tx => askForDecision(tx, actor, input, now)),
  )
  serve(app, contract.decide, serves, (input, { actor, now }) =>
    changed(actor, input.recurringId, now, tx => decide(tx, actor, input, now)),
  )
  serve(app, contract.teachWith, serves, (input, { actor, now }) =>
    changed(actor, input.recurringId, now, tx => teachWith(tx, actor, input, now)),
  )
}
