/** HTTP for how long things are kept. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/keeping.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import type { Rights } from '../../access/index.ts'
import { retentionOf, setRetention } from './commands.ts'
import { goingNow } from './going.ts'

export function retentionRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  const view = async (now: Date) => {
    const retention = await retentionOf(db)
    return { retention, going: await goingNow(db, retention, now) }
  }
  serve(app, contract.retention, rights.administrator, (_, { now }) => view(now))
  serve(app, contract.previewRetention, rights.administrator, async (wanted, { now }) => ({
    going: await goingNow(db, wanted, now),
  }))
  serve(app, contract.setRetention, rights.administrator, async (wanted, { actor, now }) => {
    await inTransaction(db, tx => setRetention(tx, actor, wanted, now))
    return view(now)
  })
}
