/** Starts what the journeys walk through: the built desk, a Pond on an empty data folder, and a Dovecot where there is one. Ends them all. */
import { execFileSync, fork } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { hasDovecot, startDovecot } from '../mail-servers.ts'
import { port, root, smtpInPort } from './place.ts'

type Ready = { is: 'ready'; address: string; link?: string }

export default async function house() {
  execFileSync(process.execPath, ['scripts/build.mjs', '--if-changed'], { cwd: root, stdio: 'inherit' })
  mkdirSync(join(root, 'test-results'), { recursive: true })
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
  process.env.POND_FIRST_LINK = ready.link ?? ''
  process.env.DOVECOT_TLS_PORT = dovecot ? String(dovecot.tlsPort) : ''
  return async () => {
    const gone = new Promise(resolve => app.once('exit', resolve))
    app.kill('SIGTERM')
    await gone
    await dovecot?.stop()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
