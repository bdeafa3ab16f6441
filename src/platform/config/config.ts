/** Reads the whole configuration from the environment, once. Refuses to start on any wrong value, and names all of them at once. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { z } from 'zod'
import { isAddressRange } from './address-range.ts'

/** The folder of this checkout: without DATA_DIR every command means the data folder in it, wherever it was called from. */
const home = join(import.meta.dirname, '../../..')

const Port = z.coerce.number().int().min(0).max(65535)
const Url = z.url({ protocol: /^https?$/ }).transform(text => text.replace(/\/+$/, ''))

/** One row per setting: what it accepts, and the remedy a person reads when it is wrong. */
export const settings = {
  PORT: { shape: Port.default(4747), remedy: 'give a port between 1 and 65535, such as PORT=4747' },
  HOST: { shape: z.string().min(1).default('localhost'), remedy: 'give an address to listen on, such as HOST=0.0.0.0' },
  BASE_URL: {
    shape: Url.optional(),
    remedy: 'give the address people type, with http:// or https://, such as BASE_URL=https://desk.example.org',
  },
  DATABASE_URL: {
    shape: z.url({ protocol: /^postgres(ql)?$/ }).optional(),
    remedy: 'give postgresql://user:password@host:5432/database, or leave it out for the database that comes with Pond',
  },
  DATA_DIR: { shape: z.string().min(1).default('./data'), remedy: 'give a folder that Pond may write to' },
  LOG_LEVEL: {
    shape: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace']).default('info'),
    remedy: 'choose one of fatal, error, warn, info, debug, trace',
  },
  LOG_FILE: {
    shape: z.string().min(1).optional(),
    remedy: 'give a file to write to, or leave it out for standard output',
  },
  POND_SMTP_PORT: {
    shape: Port.optional(),
    remedy: 'give a port such as 2525 to accept mail by SMTP, or leave it out to fetch mail by IMAP only',
  },
  POND_SMTP_HOST: {
    shape: z.string().min(1).default('localhost'),
    remedy: 'give the address the SMTP listener binds to, such as POND_SMTP_HOST=0.0.0.0',
  },
  POND_SMTP_CERT: {
    shape: z.string().min(1).optional(),
    remedy: 'give the file of a certificate in PEM together with POND_SMTP_KEY, or leave both out: Pond then makes one',
  },
  POND_SMTP_KEY: {
    shape: z.string().min(1).optional(),
    remedy: 'give the file of the key to POND_SMTP_CERT',
  },
  POND_GOOGLE_CLIENT_ID: {
    shape: z.string().min(1).optional(),
    remedy: 'give the client id of your project at Google to connect Google mailboxes without an app password',
  },
  POND_GOOGLE_CLIENT_SECRET: {
    shape: z.string().min(1).optional(),
    remedy: 'give the secret to POND_GOOGLE_CLIENT_ID',
  },
  POND_MICROSOFT_CLIENT_ID: {
    shape: z.string().min(1).optional(),
    remedy: 'give the application id of your registration at Microsoft Entra to connect Microsoft mailboxes',
  },
  POND_MICROSOFT_CLIENT_SECRET: {
    shape: z.string().min(1).optional(),
    remedy: 'give the secret to POND_MICROSOFT_CLIENT_ID',
  },
  POND_TRUSTED_PROXIES: {
    shape: z
      .string()
      .default('')
      .transform(text => text.split(/[\s,]+/).filter(Boolean))
      .refine(list => list.every(isAddressRange)),
    remedy: 'list the addresses of your reverse proxies, such as POND_TRUSTED_PROXIES=127.0.0.1,10.0.0.0/8',
  },
  POND_EGRESS_ALLOW: {
    shape: z
      .string()
      .default('')
      .transform(text => text.split(/[\s,]+/).filter(Boolean))
      .refine(list => list.every(isAddressRange)),
    remedy:
      'list the addresses inside your network that members may make Pond call (push services, webhooks), such as POND_EGRESS_ALLOW=10.0.5.12, or leave it out: then none',
  },
  POND_DB_CONNECTIONS: {
    shape: z.coerce.number().int().min(4).max(200).default(16),
    remedy: 'give how many database connections one process may use, 4 to 200',
  },
  POND_DRAIN_SECONDS: {
    shape: z.coerce.number().int().min(0).max(10).default(0),
    remedy:
      'give how many seconds Pond says it is not ready before it stops answering, 0 to 10; behind a load balancer a little more than it asks /readyz',
  },
  POND_METRICS_TOKEN: {
    shape: z.string().min(16).optional(),
    remedy:
      'give at least 16 characters that Prometheus sends as a bearer token, or leave it out to serve this machine only',
  },
  POND_KEY: {
    shape: z
      .string()
      .regex(/^[0-9a-fA-F]{64}$/)
      .optional(),
    remedy: 'give 64 hexadecimal digits (openssl rand -hex 32), or leave it out to keep a key in the data folder',
  },
} as const

/** These may also be given as NAME_FILE, the path of a file that holds the value. */
const secretNames = [
  'DATABASE_URL',
  'POND_KEY',
  'POND_METRICS_TOKEN',
  'POND_GOOGLE_CLIENT_SECRET',
  'POND_MICROSOFT_CLIENT_SECRET',
] as const

type OauthClient = { clientId: string; clientSecret: string }

export type Config = {
  port: number
  host: string
  /** Without a slash at its end. */
  baseUrl: string
  /** Absent: the embedded PostgreSQL is used. */
  databaseUrl: string | undefined
  /** Absolute path. */
  dataDir: string
  logLevel: 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace'
  logFile: string | undefined
  /** `certificate` holds the paths of two files. */
  smtp: { host: string; port: number; certificate: { cert: string; key: string } | undefined } | undefined
  /** Clients registered at the providers, to sign in to mailboxes there. */
  oauth: { google: OauthClient | undefined; microsoft: OauthClient | undefined }
  trustedProxies: string[]
  /** Inside our network, and reachable all the same for what people name: see src/platform/egress. */
  egressAllow: string[]
  databaseConnections: number
  drainSeconds: number
  metricsToken: string | undefined
  /** 64 hexadecimal digits; absent: a key file in the data folder is made. */
  key: string | undefined
  /** Sentences about settings that are probably mistakes but stop nothing. */
  warnings: string[]
}

/** Every problem with the configuration, each with its remedy. */
export class ConfigProblem extends Error {
  readonly problems: string[]
  constructor(problems: string[]) {
    super(`Pond cannot start with this configuration:\n${problems.map(line => `  - ${line}`).join('\n')}`)
    this.name = 'ConfigProblem'
    this.problems = problems
  }
}

export function readConfig(env: Record<string, string | undefined>): Config {
  const problems: string[] = []
  const given = withSecretsFromFiles(env, problems)
  const read = <Name extends keyof typeof settings>(name: Name): z.output<(typeof settings)[Name]['shape']> => {
    const result = settings[name].shape.safeParse(given[name])
    if (!result.success) problems.push(`${name} is not usable${shown(name, given[name])}: ${settings[name].remedy}.`)
    return result.data as z.output<(typeof settings)[Name]['shape']>
  }
  type Pair = 'POND_SMTP_CERT' | 'POND_SMTP_KEY' | `POND_${'GOOGLE' | 'MICROSOFT'}_CLIENT_${'ID' | 'SECRET'}`
  const both = <T>(one: Pair, other: Pair, join: (one: string, other: string) => T): T | undefined => {
    const [first, second] = [read(one), read(other)]
    if (first !== undefined && second !== undefined) return join(first, second)
    if (first !== second) problems.push(`${one} and ${other} belong together: set both or neither.`)
    return undefined
  }
  const asClient = (clientId: string, clientSecret: string) => ({ clientId, clientSecret })
  const port = read('PORT')
  const smtpPort = read('POND_SMTP_PORT')
  const config: Config = {
    port,
    host: read('HOST'),
    baseUrl: read('BASE_URL') ?? `http://localhost:${port}`,
    databaseUrl: read('DATABASE_URL'),
    dataDir: given.DATA_DIR === undefined ? join(home, 'data') : resolve(read('DATA_DIR') ?? '.'),
    logLevel: read('LOG_LEVEL'),
    logFile: read('LOG_FILE'),
    smtp:
      smtpPort === undefined
        ? undefined
        : {
            host: read('POND_SMTP_HOST'),
            port: smtpPort,
            certificate: both('POND_SMTP_CERT', 'POND_SMTP_KEY', (cert, key) => ({ cert, key })),
          },
    oauth: {
      google: both('POND_GOOGLE_CLIENT_ID', 'POND_GOOGLE_CLIENT_SECRET', asClient),
      microsoft: both('POND_MICROSOFT_CLIENT_ID', 'POND_MICROSOFT_CLIENT_SECRET', asClient),
    },
    trustedProxies: read('POND_TRUSTED_PROXIES'),
    egressAllow: read('POND_EGRESS_ALLOW'),
    databaseConnections: read('POND_DB_CONNECTIONS'),
    drainSeconds: read('POND_DRAIN_SECONDS'),
    metricsToken: read('POND_METRICS_TOKEN'),
    key: read('POND_KEY'),
    warnings: unknownNames(env).concat(exposedWithoutAddress(given)),
  }
  if (problems.length > 0) throw new ConfigProblem(problems)
  return config
}

function withSecretsFromFiles(env: Record<string, string | undefined>, problems: string[]) {
  // An empty value is what container tools write for "not set".
  const given: Record<string, string | undefined> = {}
  for (const name of Object.keys(settings)) given[name] = env[name] === '' ? undefined : env[name]
  for (const name of secretNames) {
    const file = env[`${name}_FILE`]
    if (!file) continue
    if (given[name] !== undefined) {
      problems.push(`${name} and ${name}_FILE are both set: keep one of them.`)
      continue
    }
    try {
      given[name] = readFileSync(file, 'utf8').trim()
    } catch (error) {
      const why = (error as NodeJS.ErrnoException).code ?? 'unreadable'
      problems.push(`${name}_FILE names ${file}, which cannot be read (${why}): correct the path or its rights.`)
    }
  }
  return given
}

/** Secrets are never repeated in a message that may end in a log. */
function shown(name: string, value: string | undefined) {
  if (value === undefined || (secretNames as readonly string[]).includes(name)) return ''
  return ` (it is "${value.slice(0, 80)}")`
}

function unknownNames(env: Record<string, string | undefined>): string[] {
  const known = new Set<string>([...Object.keys(settings), ...secretNames.map(name => `${name}_FILE`)])
  return Object.keys(env)
    .filter(name => name.startsWith('POND_') && !known.has(name))
    .map(name => `${name} is not a setting of Pond and changes nothing: check its spelling in README.md.`)
}

function exposedWithoutAddress(given: Record<string, string | undefined>): string[] {
  const host = given.HOST ?? 'localhost'
  if (given.BASE_URL !== undefined || /^(localhost|127\.|::1)/.test(host)) return []
  return [`HOST is ${host} but BASE_URL is not set: links in mails will point at localhost. Set BASE_URL.`]
}
