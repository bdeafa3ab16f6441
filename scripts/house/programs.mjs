/** Installs the programs that tests need and npm does not bring: a browser, and the one that journeys are quicker in, two mail servers, a mail client and two small tools. Never removes one, never starts one. */
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

/** The same browser without its windows: journeys take half the work in it. Where there is none they do with the whole one. */
const quicker = [{ name: 'chromium-headless-shell', paths: ['/usr/bin/chromium-headless-shell'] }]

const namesOfMissing = programs =>
  programs.filter(({ paths }) => !paths.some(path => existsSync(path))).map(({ name }) => name)

const install = ['install', '-y', '-q', '--no-install-recommends']

/** Undefined when all are there, else the sentence to end with. */
export function installPrograms(programs = needed) {
  const missing = namesOfMissing(programs)
  if (missing.length === 0) {
    if (programs === needed) installQuicker()
    return undefined
  }
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
  if (!withoutStarting(() => apt([...install, ...missing]))) return byHand
  if (programs === needed) installQuicker()
  return undefined
}

/** Nothing is said when it cannot be had. */
function installQuicker() {
  const missing = namesOfMissing(quicker)
  if (missing.length === 0 || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return
  // Machines that were made from an image often know of no packages at all.
  if (!isKnown('chromium')) apt(['update', '-q'])
  if (missing.every(isKnown) && wouldRemove(missing).length === 0) withoutStarting(() => apt([...install, ...missing]))
}

function isKnown(name) {
  const { stdout } = spawnSync('apt-cache', ['policy', name], {
    encoding: 'utf8',
    env: { ...process.env, LC_ALL: 'C' },
  })
  return /Candidate: (?!\(none\))/.test(stdout ?? '')
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
