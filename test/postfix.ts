/** A private Postfix on loopback that takes mail for example domains and puts it into a Dovecot's Maildirs. Needs root, as Postfix does; touches no mail server of the machine. */
import { execFileSync, spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Dovecot, freePort, hasPostfix, listening } from './mail-servers.ts'

export const canRunPostfix = hasPostfix && process.getuid?.() === 0

export type Postfix = {
  port: number
  log: string
  /** Raw mails in an account's INBOX, oldest first; a customer's mailbox as they would see it. */
  mailsOf(address: string): string[]
  stop(): void
}

const services = [
  'cleanup unix n - n - 0 cleanup',
  'qmgr unix n - n 1 1 qmgr',
  'tlsmgr unix - - n 1000? 1 tlsmgr',
  'rewrite unix - - n - - trivial-rewrite',
  'bounce unix - - n - 0 bounce',
  'defer unix - - n - 0 bounce',
  'trace unix - - n - 0 bounce',
  'verify unix - - n - 1 verify',
  'flush unix n - n 1000? 0 flush',
  'proxymap unix - - n - - proxymap',
  'smtp unix - - n - - smtp',
  'error unix - - n - - error',
  'retry unix - - n - - error',
  'discard unix - - n - - discard',
  'local unix - n n - - local',
  'virtual unix - n n - - virtual',
  'anvil unix - - n - 1 anvil',
  'scache unix - - n - 1 scache',
  'pickup unix n - n 1 1 pickup',
  'postlog unix-dgram n - n - 1 postlogd',
]

export async function startPostfix(dovecot: Dovecot, accounts: string[]): Promise<Postfix> {
  const folder = mkdtempSync(join(tmpdir(), 'postfix-'))
  chmodSync(folder, 0o755)
  const [config, queue, state] = ['config', 'queue', 'state'].map(name => join(folder, name)) as [
    string,
    string,
    string,
  ]
  for (const each of [config, queue, state]) mkdirSync(each)
  execFileSync('chown', ['postfix', state])
  const port = await freePort()
  const mail = join(dovecot.folder, 'mail')
  const { uid, gid } = statSync(mail)
  const domains = [...new Set(accounts.map(each => each.slice(each.indexOf('@') + 1)))]
  writeFileSync(join(config, 'maps'), accounts.map(each => `${each} ${each}/Maildir/\n`).join(''))
  writeFileSync(
    join(config, 'main.cf'),
    [
      'compatibility_level = 3.6',
      `queue_directory = ${queue}`,
      `data_directory = ${state}`,
      'inet_interfaces = 127.0.0.1',
      'inet_protocols = ipv4',
      'myhostname = mx.example',
      'mydestination =',
      'mynetworks = 127.0.0.0/8',
      `virtual_mailbox_domains = ${domains.join(' ')}`,
      `virtual_mailbox_base = ${mail}`,
      `virtual_mailbox_maps = texthash:${join(config, 'maps')}`,
      'recipient_delimiter = +',
      `virtual_uid_maps = static:${uid}`,
      `virtual_gid_maps = static:${gid}`,
      'virtual_minimum_uid = 1',
      'default_transport = error:nothing leaves this machine',
      'alias_maps =',
      'alias_database =',
      `maillog_file = ${join(folder, 'log')}`,
      `maillog_file_prefixes = ${folder}`,
      'message_size_limit = 60000000',
      'virtual_mailbox_limit = 0',
      'mailbox_size_limit = 0',
      'smtpd_client_message_rate_limit = 0',
      '',
    ].join('\n'),
  )
  writeFileSync(join(config, 'master.cf'), [`127.0.0.1:${port} inet n - n - - smtpd`, ...services, ''].join('\n'))
  const run = (...args: string[]) => spawnSync('postfix', ['-c', config, ...args], { encoding: 'utf8' })
  const started = run('start')
  if (started.status !== 0) throw new Error(`Postfix did not start: ${started.stderr}`)
  await listening(port)
  return {
    port,
    log: join(folder, 'log'),
    mailsOf(address) {
      const found: { name: string; path: string }[] = []
      for (const part of ['new', 'cur']) {
        const place = join(dovecot.maildir(address), part)
        try {
          for (const name of readdirSync(place)) found.push({ name, path: join(place, name) })
        } catch {
          // nothing has come yet
        }
      }
      return found.sort((a, b) => (a.name < b.name ? -1 : 1)).map(each => readFileSync(each.path, 'latin1'))
    },
    stop() {
      run('stop')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
