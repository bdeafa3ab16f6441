/** HTTP for signatures: the right, the shape, the command; nothing more. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/signatures.ts'
import { type Db, inTransaction } from '../../platform/db/index.ts'
import { absent, serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { keepSignature, signaturesFor } from './signatures.ts'

export function signatureRoutes(app: FastifyInstance, { db, rights }: { db: Db; rights: Rights }) {
  serve(app, contract.signatures, rights.member, (_, { actor }) => signaturesFor(db, actor))
  serve(app, contract.signMine, rights.member, async ({ signature }, { actor, now }) => ({
    signature: await inTransaction(db, tx =>
      keepSignature(tx, actor, { personId: actor.personId, teamId: null }, signature, now),
    ),
  }))
  serve(app, contract.signTeam, rights['team:settle'], async ({ teamId, signature }, { actor, now }) => ({
    signature: await inTransaction(db, async tx => {
      const team = await tx
        .selectFrom('team')
        .select('id')
        .where('id', '=', teamId)
        .where('archivedAt', 'is', null)
        .executeTakeFirst()
      if (!team) throw absent()
      return keepSignature(tx, actor, { personId: null, teamId }, signature, now)
    }),
  }))
}
