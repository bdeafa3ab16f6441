/** HTTP for what each role may do, and switching it. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../../contract/rights.ts'
import { type Db, inTransaction } from '../../../platform/db/index.ts'
import { serve } from '../../../platform/http/index.ts'
import { setGrant } from '../commands/grants.ts'
import { rightLines } from '../right-lines.ts'
import type { Rights } from '../rights.ts'
import { settingsOfInstallation } from '../tables/installation.ts'

export function rightsRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  serve(app, contract.rights, rights.member, async () => ({
    lines: rightLines((await settingsOfInstallation(db)).grants ?? {}),
  }))
  serve(app, contract.setGrant, rights.administrator, async (input, { actor, now }) => ({
    lines: rightLines(await inTransaction(db, tx => setGrant(tx, actor, input, now))),
  }))
}
