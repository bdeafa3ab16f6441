/** Signatures: what stands below everything that is sent, of a person or of a team. */
import { z } from 'zod'
import { endpoint, Id, Nothing } from './kit.ts'

/** Null takes it away. */
const Signature = z.string().max(20_000).nullable()

export const signatures = endpoint(
  'GET',
  '/api/v1/signatures',
  Nothing,
  z.object({
    mine: z.string().nullable(),
    teams: z.array(
      z.object({ teamId: Id, name: z.string(), signature: z.string().nullable(), mayChange: z.boolean() }),
    ),
  }),
)
/** 422 `unknown-variable` as with saved replies. */
export const signMine = endpoint(
  'PUT',
  '/api/v1/me/signature',
  z.strictObject({ signature: Signature }),
  z.object({ signature: z.string().nullable() }),
)
export const signTeam = endpoint(
  'PUT',
  '/api/v1/teams/:teamId/signature',
  z.strictObject({ teamId: Id, signature: Signature }),
  z.object({ signature: z.string().nullable() }),
)
