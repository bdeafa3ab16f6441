/** A certificate that Pond makes for its own listener when none is given (X.509, RFC 5280; ECDSA P-256). Mail servers encrypt with it and do not ask who vouches for it; nothing else may rest on it. */
import { generateKeyPairSync, randomBytes, sign } from 'node:crypto'

export function ownCertificate(name: string, now: Date): { key: string; cert: string } {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const algorithm = sequence(objectId('2a8648ce3d040302'))
  const commonName = sequence(tagged(0x31, sequence(objectId('550403'), tagged(0x0c, Buffer.from(name.slice(0, 64))))))
  const years = 10
  const until = new Date(Date.UTC(now.getUTCFullYear() + years, now.getUTCMonth(), 1))
  const altName = sequence(objectId('551d11'), tagged(0x04, sequence(tagged(0x82, Buffer.from(name)))))
  const facts = sequence(
    tagged(0xa0, tagged(0x02, Buffer.of(2))),
    tagged(0x02, Buffer.concat([Buffer.of(0x01), randomBytes(15)])),
    algorithm,
    commonName,
    sequence(moment(new Date(now.getTime() - 86_400_000)), moment(until)),
    commonName,
    publicKey.export({ type: 'spki', format: 'der' }),
    tagged(0xa3, sequence(altName)),
  )
  const signature = sign('sha256', facts, privateKey)
  const whole = sequence(facts, algorithm, tagged(0x03, Buffer.concat([Buffer.of(0), signature])))
  const lines = whole
    .toString('base64')
    .replace(/(.{64})/g, '$1\n')
    .trim()
  return {
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    cert: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
  }
}

function tagged(tag: number, content: Buffer): Buffer {
  const { length } = content
  if (length < 128) return Buffer.concat([Buffer.of(tag, length), content])
  const size = length < 256 ? Buffer.of(0x81, length) : Buffer.of(0x82, length >> 8, length & 0xff)
  return Buffer.concat([Buffer.of(tag), size, content])
}
function sequence(...parts: Buffer[]): Buffer {
  return tagged(0x30, Buffer.concat(parts))
}
function objectId(hex: string): Buffer {
  return tagged(0x06, Buffer.from(hex, 'hex'))
}
/** GeneralizedTime */
function moment(at: Date): Buffer {
  const digits = at
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replace(/[-:T]/g, '')
  const year = at.getUTCFullYear()
  // Years to 2049 must be UTCTime (RFC 5280, 4.1.2.5).
  return year < 2050 ? tagged(0x17, Buffer.from(digits.slice(2))) : tagged(0x18, Buffer.from(digits))
}
