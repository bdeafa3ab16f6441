/** OAuth 2 for mailboxes at Google and Microsoft (RFC 6749 with PKCE, RFC 7636): where to send the browser, and tokens for a code or a refresh token. Keeps nothing. */
import { createHash } from 'node:crypto'
import { z } from 'zod'
import { MailTrouble } from './trouble.ts'

export type Provider = 'google' | 'microsoft'
export type OauthClient = {
  clientId: string
  clientSecret: string
  /** For tests: a provider of one's own. */
  authorizeUrl?: string
  tokenUrl?: string
}
export type OauthClients = { [name in Provider]?: OauthClient | undefined }
export type Grant = { refreshToken: string; accessToken: string; expiresAt: number }

const providers: Record<
  Provider,
  { authorizeUrl: string; tokenUrl: string; scope: string; extra: Record<string, string> }
> = {
  google: {
    authorizeUrl: 'https://accounts.google.com/o/oauth2/v2/auth',
    tokenUrl: 'https://oauth2.googleapis.com/token',
    scope: 'https://mail.google.com/',
    // Without both Google gives no refresh token the second time.
    extra: { access_type: 'offline', prompt: 'consent' },
  },
  microsoft: {
    authorizeUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/authorize',
    tokenUrl: 'https://login.microsoftonline.com/common/oauth2/v2.0/token',
    scope: 'https://outlook.office.com/IMAP.AccessAsUser.All https://outlook.office.com/SMTP.Send offline_access',
    extra: { prompt: 'select_account' },
  },
}

const deadlineMs = 15_000

export function authorizeAddress(
  provider: Provider,
  client: OauthClient,
  asked: { redirect: string; state: string; verifier: string; address: string },
): string {
  const { authorizeUrl, scope, extra } = providers[provider]
  const url = new URL(client.authorizeUrl ?? authorizeUrl)
  const challenge = createHash('sha256').update(asked.verifier).digest('base64url')
  const parameters = {
    response_type: 'code',
    client_id: client.clientId,
    redirect_uri: asked.redirect,
    scope,
    state: asked.state,
    code_challenge: challenge,
    code_challenge_method: 'S256',
    login_hint: asked.address,
    ...extra,
  }
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value)
  return url.toString()
}

/** Throws `MailTrouble`: `grant-lost` when the provider refuses, `no-answer` when it cannot be asked. */
export async function grantFor(
  provider: Provider,
  client: OauthClient,
  given: { code: string; verifier: string; redirect: string },
  now: Date,
): Promise<Grant> {
  const tokens = await ask(provider, client, {
    grant_type: 'authorization_code',
    code: given.code,
    code_verifier: given.verifier,
    redirect_uri: given.redirect,
  })
  if (!tokens.refresh_token) throw new MailTrouble('grant-lost', 'the provider gave no lasting access')
  return { refreshToken: tokens.refresh_token, ...lasting(tokens, now) }
}

export async function refreshGrant(provider: Provider, client: OauthClient, grant: Grant, now: Date): Promise<Grant> {
  const tokens = await ask(provider, client, { grant_type: 'refresh_token', refresh_token: grant.refreshToken })
  // Microsoft hands out a new refresh token with each answer, Google none.
  return { refreshToken: tokens.refresh_token ?? grant.refreshToken, ...lasting(tokens, now) }
}

const Tokens = z.object({
  access_token: z.string().min(1),
  expires_in: z.coerce.number().positive().default(3600),
  refresh_token: z.string().min(1).optional(),
})
const Failed = z.object({ error: z.string(), error_description: z.string().optional() })

async function ask(provider: Provider, client: OauthClient, body: Record<string, string>) {
  let response: Response
  let answer: unknown
  try {
    response = await fetch(client.tokenUrl ?? providers[provider].tokenUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
      body: new URLSearchParams({ client_id: client.clientId, client_secret: client.clientSecret, ...body }),
      redirect: 'error',
      signal: AbortSignal.timeout(deadlineMs),
    })
    answer = await response.json()
  } catch (error) {
    throw new MailTrouble('no-answer', `${provider} could not be asked for a new token`, { cause: error })
  }
  if (response.ok) {
    const tokens = Tokens.safeParse(answer)
    if (tokens.success) return tokens.data
  }
  const failed = Failed.safeParse(answer)
  const words = failed.success
    ? `${failed.data.error}: ${failed.data.error_description ?? ''}`
    : `HTTP ${response.status}`
  const lost =
    failed.success &&
    /^(invalid_grant|interaction_required|consent_required|unauthorized_client|invalid_client)$/.test(failed.data.error)
  throw new MailTrouble(lost ? 'grant-lost' : 'server-refused', words)
}

function lasting(tokens: z.infer<typeof Tokens>, now: Date) {
  return { accessToken: tokens.access_token, expiresAt: now.getTime() + tokens.expires_in * 1000 }
}
