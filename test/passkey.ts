/** A passkey in software, as a device would answer (WebAuthn level 3, 6.1 and 6.5): real keys and signatures, and a counter that tests may turn. */
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto'

const sha256 = (of: Buffer | string) => createHash('sha256').update(of).digest()
const coded = (of: Buffer | string) => Buffer.from(of).toString('base64url')

/** As much of CBOR (RFC 8949) as an attestation needs. */
function cbor(value: unknown): Buffer {
  const head = (major: number, n: number) =>
    n < 24
      ? Buffer.of((major << 5) | n)
      : n < 256
        ? Buffer.of((major << 5) | 24, n)
        : Buffer.of((major << 5) | 25, n >> 8, n & 255)
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return Buffer.concat([head(3, value.length), Buffer.from(value)])
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value])
  const entries = [...(value as Map<unknown, unknown>)]
  return Buffer.concat([head(5, entries.length), ...entries.flatMap(([key, one]) => [cbor(key), cbor(one)])])
}

export function aPasskey(origin: string, verifies = true) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = publicKey.export({ format: 'jwk' })
  const credentialId = randomBytes(16)
  const key = { counter: 0 }
  const present = 1 | (verifies ? 4 : 0)
  const authenticatorData = (flags: number, more: Buffer = Buffer.alloc(0)) => {
    const counter = Buffer.alloc(4)
    counter.writeUInt32BE(key.counter)
    return Buffer.concat([sha256(new URL(origin).hostname), Buffer.of(flags), counter, more])
  }
  const clientData = (type: string, challenge: string) =>
    Buffer.from(JSON.stringify({ type, challenge, origin, crossOrigin: false }))
  const about = { id: coded(credentialId), rawId: coded(credentialId), type: 'public-key', clientExtensionResults: {} }
  return {
    key,
    make(options: { challenge: string }) {
      const cose = new Map<number, unknown>([
        [1, 2],
        [3, -7],
        [-1, 1],
        [-2, Buffer.from(jwk.x!, 'base64url')],
        [-3, Buffer.from(jwk.y!, 'base64url')],
      ])
      const held = Buffer.concat([Buffer.alloc(16), Buffer.of(0, credentialId.length), credentialId, cbor(cose)])
      const attestation = new Map<string, unknown>([
        ['fmt', 'none'],
        ['attStmt', new Map()],
        ['authData', authenticatorData(present | 64, held)],
      ])
      const clientDataJSON = coded(clientData('webauthn.create', options.challenge))
      return {
        ...about,
        response: { clientDataJSON, attestationObject: coded(cbor(attestation)), transports: ['internal'] },
      }
    },
    answer(options: { challenge: string }) {
      const data = authenticatorData(present)
      const client = clientData('webauthn.get', options.challenge)
      const signature = sign('sha256', Buffer.concat([data, sha256(client)]), privateKey)
      return {
        ...about,
        response: { clientDataJSON: coded(client), authenticatorData: coded(data), signature: coded(signature) },
      }
    },
  }
}
