/** The installation's key: made once, kept in DATA_DIR/keys (or given as POND_KEY), and what is derived from it. Refuses to run with a key others can read, and to open what another key sealed. */
import { createCipheriv, createDecipheriv, createECDH, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type Keys = {
  /** Sign with the first, accept all: reply addresses, return addresses, loop marks. */
  replies: readonly Buffer[]
  /** For links in mails and cookies. */
  links: readonly Buffer[]
  /** P-256, base64url: who we are to push services (RFC 8292). Another key means that every browser has to subscribe anew. */
  push: { publicKey: string; privateKey: string }
  /** AES-256-GCM; `about` names the row, so that a sealed value cannot be moved to another. */
  seal(text: string, about: string): Buffer
  /** Throws `KeyProblem` when the key or the row is another. */
  unseal(sealed: Buffer, about: string): string
}

export class KeyProblem extends Error {
  override name = 'KeyProblem'
}

export function openKeys(options: { dataDir: string; key: string | undefined }): Keys {
  const secret = options.key ? Buffer.from(options.key, 'hex') : keptIn(join(options.dataDir, 'keys'))
  const derive = (purpose: string) => Buffer.from(hkdfSync('sha256', secret, 'pond', purpose, 32))
  const sealing = derive('sealing')
  return {
    replies: [derive('replies')],
    links: [derive('links')],
    push: pushPair(Buffer.from(hkdfSync('sha256', secret, 'pond', 'push', 48))),
    seal(text, about) {
      const nonce = randomBytes(12)
      const cipher = createCipheriv('aes-256-gcm', sealing, nonce).setAAD(Buffer.from(about))
      const sealed = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
      return Buffer.concat([Buffer.of(1), nonce, cipher.getAuthTag(), sealed])
    },
    unseal(sealed, about) {
      try {
        const opener = createDecipheriv('aes-256-gcm', sealing, sealed.subarray(1, 13)).setAAD(Buffer.from(about))
        opener.setAuthTag(sealed.subarray(13, 29))
        return Buffer.concat([opener.update(sealed.subarray(29)), opener.final()]).toString('utf8')
      } catch {
        throw new KeyProblem('A stored password cannot be opened: it was sealed with another installation key.')
      }
    },
  }
}

/** The order of P-256 (SEC 2, 2.4.2). */
const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n

/** 128 bits more than needed, brought into 1 … order - 1: even, and never out of range (FIPS 186-5, A.2.1). */
function pushPair(random: Buffer): Keys['push'] {
  const scalar = (BigInt(`0x${random.toString('hex')}`) % (order - 1n)) + 1n
  const privateKey = Buffer.from(scalar.toString(16).padStart(64, '0'), 'hex')
  const pair = createECDH('prime256v1')
  pair.setPrivateKey(privateKey)
  return { publicKey: pair.getPublicKey('base64url'), privateKey: privateKey.toString('base64url') }
}

const fileName = 'installation.key'

/** Several processes may start at once in a new folder: the first link wins and all read what it holds. */
function keptIn(folder: string): Buffer {
  const path = join(folder, fileName)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (statSync(path, { throwIfNoEntry: false }) === undefined) make(folder, path)
  if ((statSync(path).mode & 0o077) !== 0)
    throw new KeyProblem(`${path} can be read by others: run "chmod 600 ${path}" and start again.`)
  const secret = Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')
  if (secret.length !== 32) throw new KeyProblem(`${path} does not hold a key: put the one from your backup there.`)
  return secret
}

function make(folder: string, path: string) {
  const draft = join(folder, `.${process.pid}.${randomBytes(4).toString('hex')}`)
  const file = openSync(draft, 'wx', 0o600)
  writeSync(file, `${randomBytes(32).toString('hex')}\n`)
  fsyncSync(file)
  closeSync(file)
  try {
    linkSync(draft, path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  } finally {
    rmSync(draft)
  }
  const directory = openSync(folder, 'r')
  fsyncSync(directory)
  closeSync(directory)
}
