/** Looks at what surrounds Pond: its Node, its folders, the disk, the port, the clock and its address. Changes nothing. */
import { accessSync, constants, existsSync, readdirSync, statfsSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { Config } from '../../platform/config/config.ts'
import { addressHolder, readRun } from '../running-now.ts'
import { fail, type Line, ok, warn } from './finding.ts'

const oneGigabyte = 1024 ** 3

export async function checkMachine(config: Config): Promise<Line[]> {
  return [
    checkNode(),
    checkFolder(config.dataDir),
    checkKeys(config),
    checkDisk(config.dataDir),
    await checkPort(config),
    checkAddress(config),
    ...config.warnings.map(line => warn('configuration', line, 'See README.md, "Configuration".')),
  ]
}

function checkNode(): Line {
  const major = Number(process.versions.node.split('.')[0])
  if (major >= 24) return ok('node', `Node ${process.versions.node}`)
  return fail(
    'node',
    `Node ${process.versions.node} runs this; Pond needs 24`,
    'Start it with "npm run up" or bin/pond, which use their own.',
  )
}

function checkFolder(dataDir: string): Line {
  if (!existsSync(dataDir))
    return warn('data folder', `${dataDir} does not exist yet`, 'It is made at the first start: npm run up.')
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch {
    const owner = statSync(dataDir).uid
    return fail(
      'data folder',
      `${dataDir} is not ours to write (it belongs to account ${owner})`,
      `chown -R ${process.getuid?.()} ${dataDir}`,
    )
  }
  return ok('data folder', `${dataDir} can be read and written`)
}

function checkKeys(config: Config): Line {
  if (config.key) return ok('keys', 'the installation key is given by POND_KEY')
  const folder = join(config.dataDir, 'keys')
  if (!existsSync(folder)) return warn('keys', 'there is no key yet', 'It is made at the first start: npm run up.')
  const open = readdirSync(folder).filter(name => (statSync(join(folder, name)).mode & 0o077) !== 0)
  if ((statSync(folder).mode & 0o077) === 0 && open.length === 0) return ok('keys', 'only we can read them')
  return fail('keys', `others can read ${folder}`, `chmod -R go= ${folder}`)
}

function checkDisk(dataDir: string): Line {
  const at = existsSync(dataDir) ? dataDir : '/'
  const { bavail, blocks, bsize } = statfsSync(at)
  const free = bavail * bsize
  const says = `${(free / oneGigabyte).toFixed(1)} GB free (${Math.round((100 * bavail) / blocks)} %)`
  if (free < oneGigabyte / 5) return fail('disk', says, 'Make room now: Pond stops fetching mail until there is some.')
  if (free < oneGigabyte || bavail < blocks / 20) return warn('disk', says, 'Make room before it fills up.')
  return ok('disk', says)
}

async function checkPort(config: Config): Promise<Line> {
  const run = readRun(config.dataDir)
  if (run) return ok('port', `Pond runs now at ${run.address} (process ${run.pid})`)
  const holder = await addressHolder(config.host, config.port)
  if (!holder) return ok('port', `${config.host}:${config.port} is free; Pond is not running now`)
  return fail(
    'port',
    `${config.host}:${config.port}: ${holder}`,
    'End the program that has it, or set PORT to another number.',
  )
}

function checkAddress(config: Config): Line {
  const url = new URL(config.baseUrl)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  const bindsLocal = /^(localhost|127\.|::1)/.test(config.host)
  if (local && !bindsLocal)
    return warn(
      'address',
      `links point at ${config.baseUrl}, but Pond listens on ${config.host}`,
      'Set BASE_URL to the address people type.',
    )
  if (!local && url.protocol === 'http:')
    return warn(
      'address',
      `${config.baseUrl} is not encrypted: passwords can be read on the way`,
      'Put a proxy with TLS in front and set BASE_URL=https://…',
    )
  if (!local && bindsLocal && config.trustedProxies.length === 0) {
    return warn(
      'address',
      `${config.baseUrl} reaches Pond through a proxy that is not named`,
      'Set POND_TRUSTED_PROXIES=127.0.0.1 so that limits count visitors and not the proxy.',
    )
  }
  return ok('address', config.baseUrl)
}
