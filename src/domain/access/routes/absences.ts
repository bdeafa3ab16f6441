/** HTTP for absences, load limits and giving out what is new: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/absences.ts'
import { inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import { addAbsence, endAbsence, setAssigns, setLoadLimit } from '../commands/absences.ts'
import type { AccessParts } from '../parts.ts'
import { absenceViews, coveringOf, loadOf } from '../queries/absences.ts'
import type { Rights } from '../rights.ts'

const done = { done: true } as const

export function absenceRoutes(app: FastifyInstance, { db, rights }: AccessParts & { rights: Rights }) {
  serve(app, contract.absences, rights.member, async (_, { actor, now }) => ({
    absences: await absenceViews(db, actor, now),
  }))
  serve(app, contract.covering, rights.member, async (_, { actor, now }) => ({
    covering: await coveringOf(db, actor, now),
  }))
  serve(app, contract.addAbsence, rights.member, (input, { actor, now }) =>
    inTransaction(db, async tx => {
      const id = await addAbsence(tx, actor, input, now)
      return { absence: (await absenceViews(tx, actor, now, id))[0]! }
    }),
  )
  serve(app, contract.endAbsence, rights.member, async ({ absenceId }, { actor, now }) => {
    await inTransaction(db, tx => endAbsence(tx, actor, absenceId, now))
    return done
  })
  serve(app, contract.teamLoad, rights['team:sort'], ({ teamId }, { now }) => loadOf(db, teamId, now))
  serve(app, contract.setAssigns, rights['team:settle'], async (input, { actor, now }) => {
    await inTransaction(db, tx => setAssigns(tx, actor, input, now))
    return done
  })
  serve(app, contract.setLoadLimit, rights['team:settle'], async (input, { actor, now }) => {
    await inTransaction(db, tx => setLoadLimit(tx, actor, input, now))
    return done
  })
}
