/** The way back from a provider: the state that went there is sealed, holds for ten minutes, and only for the administrator who began. */
import { randomBytes } from 'node:crypto'
import type { FastifyInstance } from 'fastify'
import { z } from 'zod'
import type { Keys } from '../../../platform/config/keys.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { Refusal } from '../../../platform/http/index.ts'
import { grantFor } from '../../../platform/mail/oauth.ts'
import { MailTrouble } from '../../../platform/mail/trouble.ts'
import { keepGrant } from './commands.ts'
import type { MailboxRoutesParts } from './parts.ts'
import { mailboxView } from './queries.ts'

const holdsMs = 10 * 60_000
const about = 'oauth state'
const State = z.object({ mailboxId: z.uuid(), personId: z.uuid(), verifier: z.string(), until: z.number() })
const Returned = z.object({
  code: z.string().max(4000).optional(),
  state: z.string().max(4000),
  error: z.string().max(400).optional(),
})

export function stateFor(keys: Keys, asked: { mailboxId: string; personId: string; now: Date }) {
  const verifier = randomBytes(48).toString('base64url')
  const { mailboxId, personId } = asked
  const held = { mailboxId, personId, verifier, until: asked.now.getTime() + holdsMs }
  return { verifier, state: keys.seal(JSON.stringify(held), about).toString('base64url') }
}

/** GET by the provider's redirect: nothing but the sealed state and the session decide. */
export function oauthReturn(
  app: FastifyInstance,
  parts: MailboxRoutesParts,
  change: (act: (tx: Tx) => Promise<void>) => Promise<void>,
) {
  const { db, keys, rights } = parts
  app.get('/oauth/return', { config: { right: rights.administrator.name } }, async (request, reply) => {
    const actor = await rights.administrator.admit(request)
    const now = app.clock()
    const returned = Returned.safeParse(request.query)
    if (!returned.success) throw new Refusal('grant-refused', 400)
    const held = opened(keys, returned.data.state)
    if (!held || held.personId !== actor.personId || held.until < now.getTime()) throw new Refusal('grant-refused', 400)
    const { code } = returned.data
    const view = await mailboxView(db, held.mailboxId)
    const client = view.oauth === null ? undefined : parts.oauth[view.oauth]
    if (!client || view.oauth === null || code === undefined) throw new Refusal('grant-refused', 400)
    const redirect = new URL('/oauth/return', parts.baseUrl).toString()
    const grant = await grantFor(view.oauth, client, { code, verifier: held.verifier, redirect }, now).catch(error => {
      throw error instanceof MailTrouble ? new Refusal('grant-refused', 400) : error
    })
    await change(tx => keepGrant(tx, actor, held.mailboxId, grant, keys, now))
    return reply.redirect('/settings/mailboxes', 303)
  })
}

function opened(keys: Keys, state: string): z.output<typeof State> | null {
  try {
    return State.parse(JSON.parse(keys.unseal(Buffer.from(state, 'base64url'), about)))
  } catch {
    return null
  }
}
