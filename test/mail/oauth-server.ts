/** An OAuth 2 provider on loopback, as strict as the large ones: codes and PKCE verifiers hold once, and access can be taken back. */
import { createHash, randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'

export type OauthServer = {
  authorizeUrl: string
  tokenUrl: string
  /** What a person does in the browser: agrees, and is sent back with a code. */
  agree(address: string): { code: string; state: string }
  /** From now on every refresh is refused. */
  revoke(): void
  asked: Record<string, string>[]
  close(): Promise<void>
}

export async function startOauthServer(): Promise<OauthServer> {
  const codes = new Map<string, string>()
  let revoked = false
  const asked: Record<string, string>[] = []
  const server = createServer(async (request, response) => {
    const body = Object.fromEntries(new URLSearchParams(await text(request)))
    asked.push(body)
    const answer = (status: number, said: object) => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(JSON.stringify(said))
    }
    if (body.client_id !== 'pond' || body.client_secret !== 'hush') return answer(401, { error: 'invalid_client' })
    if (body.grant_type === 'authorization_code') {
      const challenge = codes.get(body.code ?? '')
      codes.delete(body.code ?? '')
      const given = createHash('sha256')
        .update(body.code_verifier ?? '')
        .digest('base64url')
      if (challenge !== given) return answer(400, { error: 'invalid_grant' })
      revoked = false
    } else if (revoked || body.refresh_token !== 'lasting') {
      return answer(400, { error: 'invalid_grant', error_description: 'Token has been expired or revoked.' })
    }
    answer(200, { access_token: `access-${asked.length}`, expires_in: 3600, refresh_token: 'lasting' })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const base = `http://127.0.0.1:${(server.address() as { port: number }).port}`
  return {
    authorizeUrl: `${base}/authorize`,
    tokenUrl: `${base}/token`,
    agree(address) {
      const { searchParams } = new URL(address)
      const code = randomBytes(8).toString('hex')
      codes.set(code, searchParams.get('code_challenge') ?? '')
      return { code, state: searchParams.get('state') ?? '' }
    },
    revoke() {
      revoked = true
    },
    asked,
    close: () => new Promise(resolve => server.close(() => resolve())),
  }
}

async function text(request: IncomingMessage): Promise<string> {
  let all = ''
  for await (const piece of request) all += piece
  return all
}
