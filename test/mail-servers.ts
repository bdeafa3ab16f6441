/** Private instances of Debian's Dovecot on loopback, each with its own configuration folder and ports. Touches no mail server of the machine. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { connect, createServer } from 'node:net'
import { tmpdir, userInfo } from 'node:os'
import { join } from 'node:path'

/** And the right to run Postfix. */
export const hasPostfix = existsSync('/usr/sbin/postfix') && process.getuid?.() === 0
export const hasDovecot = existsSync('/usr/sbin/dovecot')
export const mailPassword = 'correct-horse'
const asRoot = process.getuid?.() === 0

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}

export async function listening(port: number, withinMs = 30_000) {
  const until = Date.now() + withinMs
  for (;;) {
    const open = await new Promise<boolean>(resolve => {
      const socket = connect(port, '127.0.0.1')
      socket.once('connect', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    if (Date.now() > until) throw new Error(`nothing listens on port ${port}`)
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}

/** A self-made certificate for `localhost`, or for another name or time. */
export function certificate(folder: string, options: { name?: string; days?: number } = {}) {
  const name = options.name ?? 'localhost'
  const key = join(folder, `${name}.key`)
  const cert = join(folder, `${name}.crt`)
  execFileSync(
    'openssl',
    ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', key, '-out', cert]
      .concat(['-days', `${options.days ?? 30}`, '-subj', `/CN=${name}`])
      .concat(['-addext', `subjectAltName=DNS:${name}`]),
    { stdio: 'ignore' },
  )
  return { key, cert }
}

export type Dovecot = {
  folder: string
  port: number
  tlsPort: number
  cert: string
  /** Maildir of an account. */
  maildir(user: string): string
  /** Puts raw mails into an account's INBOX, with the system's own names, without the server's help. */
  drop(user: string, mails: readonly (string | Buffer)[]): void
  doveadm(...args: string[]): string
  /** SIGKILL, as a crash would. */
  kill(): Promise<void>
  start(): Promise<void>
  /** In order; `start` begins again with the same mail. */
  stopServing(): Promise<void>
  /** And takes everything away. */
  stop(): Promise<void>
}

/** Any user name signs in with `mailPassword`. */
export async function startDovecot(options: { extra?: string } = {}): Promise<Dovecot> {
  const folder = mkdtempSync(join(tmpdir(), 'dovecot-'))
  chmodSync(folder, 0o755)
  for (const name of ['run', 'state', 'mail']) mkdirSync(join(folder, name))
  const [port, tlsPort] = [await freePort(), await freePort()]
  const { key, cert } = certificate(folder)
  const { username, uid, gid } = asRoot ? mailUser() : userInfo()
  if (asRoot) execFileSync('chown', ['-R', `${uid}:${gid}`, join(folder, 'mail')])
  writeFileSync(
    join(folder, 'dovecot.conf'),
    dovecotConf({ folder, port, tlsPort, key, cert, username, uid, gid }) + (options.extra ?? ''),
  )
  let child: ChildProcess | undefined
  let dropped = 0
  const server: Dovecot = {
    folder,
    port,
    tlsPort,
    cert,
    maildir: user => join(folder, 'mail', user, 'Maildir'),
    drop(user, mails) {
      // What we make and nothing else: Dovecot makes and removes files beside it at the same moment.
      const theirs = (path: string) => asRoot && chownSync(path, uid, gid)
      const maildir = server.maildir(user)
      for (const path of [
        join(folder, 'mail', user),
        maildir,
        ...['new', 'cur', 'tmp'].map(name => join(maildir, name)),
      ])
        if (mkdirSync(path, { recursive: true })) theirs(path)
      for (const mail of mails) {
        const name = `${Math.floor(Date.now() / 1000)}.M${process.pid}P${String(dropped++).padStart(7, '0')}.test`
        writeFileSync(join(maildir, 'tmp', name), mail)
        theirs(join(maildir, 'tmp', name))
        renameSync(join(maildir, 'tmp', name), join(maildir, 'new', name))
      }
    },
    doveadm: (...args) =>
      execFileSync('doveadm', ['-c', join(folder, 'dovecot.conf'), ...args], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'pipe'],
      }),
    async start() {
      child = spawn('dovecot', ['-F', '-c', join(folder, 'dovecot.conf')], { stdio: 'ignore', detached: true })
      await listening(port)
    },
    async kill() {
      // The whole group: login and imap children die with the master.
      for (const pid of familyOf(child?.pid)) tryKill(pid, 'SIGKILL')
      rmSync(join(folder, 'run'), { recursive: true, force: true })
      mkdirSync(join(folder, 'run'))
      await new Promise(resolve => setTimeout(resolve, 50))
    },
    async stopServing() {
      const gone = child && child.exitCode === null ? new Promise(resolve => child?.once('exit', resolve)) : null
      child?.kill('SIGTERM')
      await Promise.race([gone, new Promise(resolve => setTimeout(resolve, 3000))])
      for (const pid of familyOf(child?.pid)) tryKill(pid, 'SIGKILL')
    },
    async stop() {
      await server.stopServing()
      rmSync(folder, { recursive: true, force: true })
    },
  }
  await server.start()
  return server
}

/** Dovecot serves no mail as root. */
export function mailUser() {
  for (const line of readFileSync('/etc/passwd', 'utf8').split('\n')) {
    const [username = '', , uid, gid] = line.split(':')
    if (username === 'mail' || username === 'nobody') return { username, uid: Number(uid), gid: Number(gid) }
  }
  throw new Error('no account to keep mail under')
}

type Place = {
  folder: string
  port: number
  tlsPort: number
  key: string
  cert: string
  username: string
  uid: number
  gid: number
}
function dovecotConf({ folder, port, tlsPort, key, cert, username, uid, gid }: Place) {
  const unprivileged = `
default_internal_user = ${username}
default_login_user = ${username}
default_internal_group = ${execFileSync('id', ['-gn', username], { encoding: 'utf8' }).trim()}
service anvil {
  chroot =
}
service imap-login {
  chroot =
}
`
  return `
base_dir = ${folder}/run
state_dir = ${folder}/state
log_path = ${folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = yes
ssl_cert = <${cert}
ssl_key = <${key}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:~/Maildir
mail_home = ${folder}/mail/%u
mail_uid = ${uid}
mail_gid = ${gid}
mail_max_userip_connections = 50
maildir_copy_with_hardlinks = yes
namespace inbox {
  inbox = yes
}
passdb {
  driver = static
  args = password=${mailPassword}
}
userdb {
  driver = static
  args = uid=${uid} gid=${gid} home=${folder}/mail/%u
}
# Tests sign in wrongly on purpose and must not wait for it afterwards.
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  process_min_avail = 1
  inet_listener imap {
    port = ${port}
  }
  inet_listener imaps {
    port = ${tlsPort}
    ssl = yes
  }
}
${asRoot ? '' : unprivileged}
`
}

function familyOf(pid: number | undefined): number[] {
  if (pid === undefined) return []
  const parents = new Map<number, number>()
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]))
    } catch {
      // it ended while we looked
    }
  }
  const family = [pid]
  for (let place = 0; place < family.length; place++)
    for (const [child, parent] of parents) if (parent === family[place]) family.push(child)
  return family
}

function tryKill(pid: number, signal: NodeJS.Signals) {
  try {
    process.kill(pid, signal)
  } catch {
    // it is gone already
  }
}
