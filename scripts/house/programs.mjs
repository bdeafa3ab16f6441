/** Installs the programs that tests need and npm does not bring: a browser, two mail servers, a mail client and two small tools. Never removes one, never starts one. */
import { spawnSync } from 'node:child_process'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

/** Any of the paths will do. */
const needed = [
  { name: 'chromium', paths: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'] },
  { name: 'dovecot-imapd', paths: ['/usr/lib/dovecot/imap', '/usr/libexec/dovecot/imap'] },
  { name: 'postfix', paths: ['/usr/sbin/postfix'] },
  { name: 'swaks', paths: ['/usr/bin/swaks'] },
  { name: 'openssl', paths: ['/usr/bin/openssl'] },
  { name: 'procps', paths: ['/usr/bin/ps', '/bin/ps'] },
]

/** Undefined when all are there, else the sentence to end with. */
export function installPrograms(programs = needed) {
  const missing = programs.filter(({ paths }) => !paths.some(path => existsSync(path))).map(({ name }) => name)
  if (missing.length === 0) return undefined
  const byHand = `The tests need ${missing.join(', ')}. Install with: sudo apt-get install --no-install-recommends ${missing.join(' ')}`
  if (process.getuid?.() !== 0) return byHand
  if (spawnSync('apt-get', ['--version'], { stdio: 'ignore' }).status !== 0)
    return `${byHand} (this machine has no apt-get)`
  console.log(`Installing what the tests need: ${missing.join(', ')}`)
  apt(['update', '-q'])
  const removed = wouldRemove(missing)
  if (removed.length > 0) {
    return `Installing ${missing.join(', ')} would remove ${removed.join(', ')} from this machine, so nothing was installed. Verify on another machine, or decide about that by hand.`
  }
  return withoutStarting(() => apt(['install', '-y', '-q', '--no-install-recommends', ...missing])) ? undefined : byHand
}

/** A dry run first: a mail server that is installed must not be replaced. */
export function wouldRemove(names) {
  const tried = spawnSync('apt-get', ['install', '--simulate', '--no-install-recommends', ...names], {
    encoding: 'utf8',
  })
  return [...tried.stdout.matchAll(/^Remv (\S+)/gm)].map(([, name]) => name)
}

/** Debian starts what it installs; tests start their own instances, with their own folders and ports. */
function withoutStarting(act) {
  const policy = '/usr/sbin/policy-rc.d'
  const ours = !existsSync(policy)
  if (ours) writeFileSync(policy, '#!/bin/sh\nexit 101\n', { mode: 0o755 })
  try {
    return act()
  } finally {
    if (ours) rmSync(policy, { force: true })
  }
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  return spawnSync('apt-get', args, { env, stdio: ['ignore', 'inherit', 'inherit'] }).status === 0
}
