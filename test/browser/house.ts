/**
 * Builds the desk once for all journeys, and the house that they begin in; and starts what one file of journeys walks
 * through: a Pond on a copy of that house, or on an empty data folder, and a Dovecot for those that ask for one.
 */
import { execFileSync, fork } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDovecot, startDovecot } from '../mail-servers.ts'
import { begin, type State } from './begin.ts'
import { port, root, smtpInPort } from './place.ts'

/** Playwright calls this once, before all journeys, and what it gives back after them. */
export default async function prepare() {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { cwd: root, stdio: 'inherit' })
  mkdirSync(join(root, 'test-results'), { recursive: true })
  const begun = newFolder()
  const app = await startPond(begun)
  writeFileSync(stateFile(begun), JSON.stringify(await begin(app.link)))
  await app.stop()
  process.env.POND_JOURNEY_BEGUN = begun
  return () => rmSync(begun, { recursive: true, force: true })
}

export type House = {
  /** the one-time link that was printed at the start, where nobody has begun */
  link: string
  /** the first account's session, where somebody has */
  state: State
  /** where IMAP over TLS answers, when that was asked for and there is a Dovecot */
  imapPort: number | undefined
  stop: () => Promise<void>
}
type Ready = { is: 'ready'; address: string; link?: string }

export async function startHouse({ begun, imap }: { begun: boolean; imap: boolean }): Promise<House> {
  const dataDir = newFolder()
  const from = process.env.POND_JOURNEY_BEGUN ?? ''
  // Where PostgreSQL could not lie in the folder, a copy of the folder would be a copy of nothing.
  const copied = begun && existsSync(join(from, 'postgresql/cluster'))
  if (copied) copyFolder(from, dataDir)
  const dovecot = imap && hasDovecot ? await startDovecot() : undefined
  const app = await startPond(dataDir, dovecot ? { NODE_EXTRA_CA_CERTS: dovecot.cert } : {})
  return {
    link: app.link,
    state: copied ? JSON.parse(readFileSync(stateFile(dataDir), 'utf8')) : begun ? await begin(app.link) : nobody,
    imapPort: dovecot?.tlsPort,
    async stop() {
      await app.stop()
      await dovecot?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}

const nobody: State = { cookies: [], origins: [] }
const stateFile = (dataDir: string) => join(dataDir, 'journey-state.json')

function newFolder() {
  const dataDir = mkdtempSync(join(tmpdir(), 'pond-journeys-'))
  // As root PostgreSQL runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o711)
  return dataDir
}

/** With owners and rights, which PostgreSQL minds. */
function copyFolder(from: string, to: string) {
  execFileSync('cp', ['-a', `${from}/.`, to])
}

async function startPond(dataDir: string, more: Record<string, string> = {}) {
  const app = fork(join(root, 'src/main.ts'), [], {
    cwd: root,
    execPath: join(root, 'node_modules/.bin/node'),
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    env: {
      ...process.env,
      NODE_ENV: 'production',
      NODE_OPTIONS: '',
      PORT: String(port),
      POND_SMTP_PORT: String(smtpInPort),
      DATA_DIR: dataDir,
      DATABASE_URL: '',
      ...more,
    },
  })
  const ready = await new Promise<Ready>((resolve, reject) => {
    app.once('message', message => resolve(message as Ready))
    app.once('exit', code => reject(new Error(`Pond ended with ${code} before it was ready`)))
  })
  return {
    link: ready.link ?? '',
    async stop() {
      const gone = new Promise(resolve => app.once('exit', resolve))
      app.kill('SIGTERM')
      await gone
    },
  }
}
