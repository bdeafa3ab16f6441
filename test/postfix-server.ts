/** Private instances of Debian's Postfix on loopback, each with its own configuration folder, queue and port. Touches no mail server of the machine. */
import { execFile, execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Dovecot, freePort, listening, mailUser } from './mail-servers.ts'

export type Postfix = {
  port: number
  folder: string
  /** Like any other program of the machine: through a client that is not ours. */
  send(mail: { from: string; to: string; raw: string }): Promise<void>
  stop(): Promise<void>
}

/**
 * Postfix can only be run by root. It delivers mail for these addresses into the accounts of that Dovecot; `+` begins an extension.
 * gone@saudade.example is taken and bounces afterwards.
 */
export async function startPostfix(dovecot: Dovecot, addresses: readonly string[]): Promise<Postfix> {
  const folder = mkdtempSync(join(tmpdir(), 'postfix-'))
  chmodSync(folder, 0o755)
  const port = await freePort()
  const { uid, gid } = mailUser()
  for (const name of ['queue', 'data', 'etc']) mkdirSync(join(folder, name))
  execFileSync('chown', ['postfix', join(folder, 'data')])
  const lines = addresses.map(address => `${address} ${address.slice(0, address.indexOf('@'))}/Maildir/`)
  writeFileSync(join(folder, 'etc/accounts'), `${lines.join('\n')}\n`)
  const domains = [...new Set(addresses.map(address => address.slice(address.indexOf('@') + 1)))]
  writeFileSync(
    join(folder, 'etc/main.cf'),
    postfixConf({ folder, domains, mail: join(dovecot.folder, 'mail'), uid, gid }),
  )
  writeFileSync(join(folder, 'etc/master.cf'), masterConf(port))
  writeFileSync(join(folder, 'etc/dynamicmaps.cf'), '')
  const postfix = (command: string) =>
    execFileSync('postfix', ['-c', join(folder, 'etc'), command], { stdio: 'ignore' })
  postfix('start')
  await listening(port)
  return {
    port,
    folder,
    async send({ from, to, raw }) {
      const file = join(folder, `mail-${Math.random().toString(36).slice(2)}`)
      writeFileSync(file, raw)
      const said = [
        '-s',
        '--url',
        `smtp://127.0.0.1:${port}`,
        '--mail-from',
        from,
        '--mail-rcpt',
        to,
        '--upload-file',
        file,
      ]
      await promisify(execFile)('curl', said)
    },
    async stop() {
      try {
        postfix('abort')
      } catch {
        // it stopped by itself
      }
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function postfixConf(place: { folder: string; domains: readonly string[]; mail: string; uid: number; gid: number }) {
  return `
compatibility_level = 3.6
queue_directory = ${place.folder}/queue
data_directory = ${place.folder}/data
maillog_file = ${place.folder}/log
maillog_file_prefixes = ${place.folder}
myhostname = mx.postfix.example
mydestination =
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mynetworks = 127.0.0.0/8
alias_maps =
local_recipient_maps =
default_transport = error:5.1.2 no way out of this test
relay_transport = error:5.1.2 no way out of this test
virtual_mailbox_domains = ${place.domains.join(', ')}
virtual_mailbox_base = ${place.mail}
virtual_mailbox_maps = texthash:${place.folder}/etc/accounts
virtual_alias_maps = inline:{ gone@saudade.example=nobody@unreachable.example }
virtual_uid_maps = static:${place.uid}
virtual_gid_maps = static:${place.gid}
virtual_minimum_uid = 1
recipient_delimiter = +
smtpd_relay_restrictions = permit_mynetworks, reject_unauth_destination
message_size_limit = 60000000
mailbox_size_limit = 0
virtual_mailbox_limit = 0
`
}

function masterConf(port: number) {
  return `${[
    `127.0.0.1:${port} inet n - n - - smtpd`,
    'cleanup unix n - n - 0 cleanup',
    'qmgr unix n - n 300 1 qmgr',
    'rewrite unix - - n - - trivial-rewrite',
    'bounce unix - - n - 0 bounce',
    'defer unix - - n - 0 bounce',
    'trace unix - - n - 0 bounce',
    'verify unix - - n - 1 verify',
    'error unix - - n - - error',
    'virtual unix - n n - - virtual',
    'anvil unix - - n - 1 anvil',
    'proxymap unix - - n - - proxymap',
    'postlog unix-dgram n - n - 1 postlogd',
  ].join('\n')}
`
}
