/** HTTP for keeping in touch: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/care.ts'
import { type Db, inTransaction, type Tx } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import { serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { careSettingsOf } from './budget.ts'
import { moveCheckIn, skipCheckIn } from './commands/check-in.ts'
import { keepRelationships } from './commands/keep.ts'
import { takeTouchBack, writeTouch } from './commands/touch.ts'
import { keepersNow } from './queries/keepers.ts'
import { materialFor } from './queries/material.ts'
import { partiesLike } from './queries/parties.ts'
import { careOf, checkInsOf } from './queries/tended.ts'
import { setCareSettings } from './settings.ts'

const done = { done: true as const }

export function careRoutes(app: FastifyInstance, parts: { db: Db; rights: Rights; nudges: Pick<Nudges, 'send'> }) {
  const { db, rights, nudges } = parts
  const change = async <T>(act: (tx: Tx) => Promise<T>): Promise<T> => {
    const out = await inTransaction(db, act)
    nudges.send('happened')
    return out
  }
  const serves = rights['people:find']
  serve(app, contract.careSettings, serves, () => careSettingsOf(db))
  serve(app, contract.setCareSettings, rights.administrator, (input, { actor, now }) =>
    change(tx => setCareSettings(tx, actor, input, now)),
  )
  serve(app, contract.keepers, serves, async (_, { now }) => ({ keepers: await keepersNow(db, now) }))
  serve(app, contract.care, serves, (input, { actor }) => careOf(db, actor, input))
  serve(app, contract.setCare, serves, (input, { actor, now }) =>
    change(tx => keepRelationships(tx, actor, input, now)),
  )
  serve(app, contract.checkIns, serves, (input, { actor, now }) => checkInsOf(db, actor, input, now))
  serve(app, contract.checkIn, serves, (input, { actor, now }) => materialFor(db, actor, input.checkInId, now))
  serve(app, contract.skipCheckIn, serves, async (input, { actor, now }) => {
    await change(tx => skipCheckIn(tx, actor, input, now))
    return done
  })
  serve(app, contract.moveCheckIn, serves, async (input, { actor, now }) => {
    await change(tx => moveCheckIn(tx, actor, input, now))
    return done
  })
  serve(app, contract.noteTouch, serves, (input, { actor, now }) => change(tx => writeTouch(tx, actor, input, now)))
  serve(app, contract.takeTouchBack, serves, async (input, { actor, now }) => {
    await change(tx => takeTouchBack(tx, actor, input.touchId, now))
    return done
  })
  serve(app, contract.findParties, serves, async ({ like }) => ({ parties: await partiesLike(db, like) }))
}
