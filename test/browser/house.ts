/** Builds the desk once for all journeys; and starts what one lane of them walks through: a Pond on an empty data folder, and a Dovecot where there is one. */
import { execFileSync, fork } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDovecot, startDovecot } from '../mail-servers.ts'
import { port, root, smtpInPort } from './place.ts'

export default function build() {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { cwd: root, stdio: 'inherit' })
  mkdirSync(join(root, 'test-results'), { recursive: true })
}

export type House = {
  /** the one-time link that was printed at the start */
  link: string
  /** where IMAP over TLS answers, where there is a Dovecot */
  imapPort: number | undefined
  stop: () => Promise<void>
}
type Ready = { is: 'ready'; address: string; link?: string }

export async function startHouse(): Promise<House> {
  const dataDir = mkdtempSync(join(tmpdir(), 'pond-journeys-'))
  // As root PostgreSQL runs under another account, which must be able to enter.
  chmodSync(dataDir, 0o711)
  const dovecot = hasDovecot ? await startDovecot() : undefined
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
      ...(dovecot ? { NODE_EXTRA_CA_CERTS: dovecot.cert } : {}),
    },
  })
  const ready = await new Promise<Ready>((resolve, reject) => {
    app.once('message', message => resolve(message as Ready))
    app.once('exit', code => reject(new Error(`Pond ended with ${code} before it was ready`)))
  })
  return {
    link: ready.link ?? '',
    imapPort: dovecot?.tlsPort,
    async stop() {
      const gone = new Promise(resolve => app.once('exit', resolve))
      app.kill('SIGTERM')
      await gone
      await dovecot?.stop()
      rmSync(dataDir, { recursive: true, force: true })
    },
  }
}
