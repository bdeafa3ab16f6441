/** What is asked of a passkey and what it answers (WebAuthn), by the library, for our own address. Keeps nothing; refuses whatever is not signed for here. */
import { isIP } from 'node:net'
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server'
import type { z } from 'zod'
import type { PasskeyAnswer, PasskeyMade } from '../../contract/security.ts'
import type { KeptPasskey } from './tables/factors.ts'

/** Browsers make passkeys for names only, and only where nobody reads along. */
export function passkeysWork(baseUrl: URL): boolean {
  const { hostname, protocol } = baseUrl
  if (isIP(hostname.replace(/^\[|\]$/g, '')) !== 0) return false
  return protocol === 'https:' || hostname === 'localhost' || hostname.endsWith('.localhost')
}

/** Ed25519, P-256 and RSA (RFC 9053): what devices have. Asking the library for its own list tries experiments of the runtime. */
const algorithms = [-8, -7, -257]

export type NewPasskey = { personId: string; name: string; address: string; installation: string }

export function askForNew(baseUrl: URL, who: NewPasskey, kept: readonly KeptPasskey[]) {
  return generateRegistrationOptions({
    rpName: who.installation,
    rpID: baseUrl.hostname,
    userID: new Uint8Array(Buffer.from(who.personId)),
    userName: who.address,
    userDisplayName: who.name,
    attestationType: 'none',
    supportedAlgorithmIDs: algorithms,
    excludeCredentials: kept.map(allowed),
    // Discoverable where the device can, so that it signs in without an address.
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  })
}

export type Made = { credentialId: string; publicKey: Buffer; counter: number; transports: string[] }

export async function readNew(
  baseUrl: URL,
  made: z.output<typeof PasskeyMade>,
  challenge: string,
): Promise<Made | null> {
  const read = await verifyRegistrationResponse({
    response: made as RegistrationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: baseUrl.origin,
    expectedRPID: baseUrl.hostname,
    requireUserVerification: false,
    supportedAlgorithmIDs: algorithms,
  }).catch(() => null)
  if (!read?.verified) return null
  const { id, publicKey, counter, transports } = read.registrationInfo.credential
  return { credentialId: id, publicKey: Buffer.from(publicKey), counter, transports: (transports ?? []).slice(0, 10) }
}

/** `verified`: the device makes sure that it is them; needed where nothing else was asked. */
export function askForAnswer(baseUrl: URL, kept: readonly KeptPasskey[], verified: 'required' | 'preferred') {
  return generateAuthenticationOptions({
    rpID: baseUrl.hostname,
    allowCredentials: kept.map(allowed),
    userVerification: verified,
  })
}

/** The counter it has now; null when this is no answer of that passkey to that challenge. */
export async function readAnswer(
  baseUrl: URL,
  about: {
    answer: z.output<typeof PasskeyAnswer>
    challenge: string
    kept: KeptPasskey
    verified: 'required' | 'preferred'
  },
): Promise<number | null> {
  const { credentialId, publicKey, counter } = about.kept
  const read = await verifyAuthenticationResponse({
    response: about.answer as AuthenticationResponseJSON,
    expectedChallenge: about.challenge,
    expectedOrigin: baseUrl.origin,
    expectedRPID: baseUrl.hostname,
    credential: { id: credentialId, publicKey: new Uint8Array(publicKey), counter },
    requireUserVerification: about.verified === 'required',
  }).catch(() => null)
  return read?.verified ? read.authenticationInfo.newCounter : null
}

function allowed({ credentialId, transports }: KeptPasskey) {
  return { id: credentialId, transports: transports as never[] }
}
