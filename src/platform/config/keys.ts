/** The installation's key: made once, kept in DATA_DIR/keys (or given as POND_KEY), and what is derived from it. Refuses to run with a key others can read, and to open what another key sealed. */
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, mkdirSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs'
import { join } from 'node:path'

export type Keys = {
  /** Sign with the first, accept all: reply addresses, return addresses, loop marks. */
  replies: readonly Buffer[]
  /** For links in mails and cookies. */
  links: readonly Buffer[]
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
