/** Keeps the embedded PostgreSQL running while the app runs: adopts a living server, restarts a dead one, and the last one out stops it. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Log } from '../log/log.ts'
import { prepareBinaries } from './binaries.ts'
import { dataIn, memoryHere, sharedMemory } from './memory.ts'
import { choosePlace, type Place, sharedHome } from './place.ts'
import { clearRemains, ensureCluster, findLiving, isAlive, launch, ours, stopServer } from './postmaster.ts'
import { type Settings, smallMachine } from './settings.ts'
import { inTurn } from './turn.ts'

export type EmbeddedDatabase = {
  /** For any PostgreSQL client; a socket address. */
  url: string
  place: Place
  /** Stops the server unless another process of Pond is still connected. */
  stop(): Promise<void>
}

const supervisorName = 'pond-supervisor'
const patience = 10_000
/** A shutdown writes what is in memory to disk. One that takes longer hangs, and replaying the log loses nothing either. */
const longestShutdown = 30_000

/** Resolves once the server answers. Log replay after a crash may take minutes: it is waited for while the server lives. */
export async function startEmbedded(options: {
  dataDir: string
  log: Log
  settings?: Settings
  /** milliseconds that a server may take to shut down before it is ended */
  longestShutdown?: number
}): Promise<EmbeddedDatabase> {
  const { log } = options
  const place = choosePlace(options.dataDir)
  const binaries = prepareBinaries(place.runner, sharedHome(place))
  let stopping = false
  let watch: pg.Client | undefined

  /** A command line tool may start the same cluster at the same moment. */
  const bringUp = () => inTurn(join(place.home, 'starting.lock'), ensureServer)

  async function ensureServer(): Promise<void> {
    ensureCluster(place, binaries)
    const living = findLiving(place)
    if (living && living.program !== binaries.postgres) await stopServer(living.pid, patience)
    else if (living) {
      const became = await waitUntilReady(() => isAlive(living.pid))
      if (became === 'ready') return
      if (became === 'stuck') await stopServer(living.pid, 0)
    }
    await clearRemains(place)
    const shared_buffers = sharedMemory(dataIn(place.cluster), memoryHere())
    const started = launch(place, binaries, { ...smallMachine, shared_buffers, ...options.settings })
    let dead = false
    void started.ended.then(() => {
      dead = true
    })
    if ((await waitUntilReady(() => !dead)) !== 'ready')
      throw new Error(`PostgreSQL does not start: see ${place.home}/postgresql.log`)
  }

  /** `stuck`: it has been on its way out for longer than it may take, and takes nobody in. */
  async function waitUntilReady(lives: () => boolean): Promise<'ready' | 'gone' | 'stuck'> {
    let told = Date.now()
    let leavingSince: number | null = null
    for (;;) {
      try {
        watch = await connectAs(place, 'postgres')
        break
      } catch (error) {
        if (!lives()) return 'gone'
        leavingSince = isLeaving(error) ? (leavingSince ?? Date.now()) : null
        if (leavingSince && Date.now() - leavingSince > (options.longestShutdown ?? longestShutdown)) return 'stuck'
        if (Date.now() - told > patience) {
          told = Date.now()
          log.warn({ home: place.home }, 'PostgreSQL is not ready yet, it may be repairing itself after a crash')
        }
        await pause(20)
      }
    }
    await ensureDatabase(watch)
    return 'ready'
  }

  /** Our own idle session ends the moment the server does; that is the alarm. */
  function keepWatch(): void {
    const session = watch!
    let gone = false
    const alarm = () => {
      if (gone || stopping) return
      gone = true
      void revive()
    }
    session.on('error', alarm)
    session.on('end', alarm)
  }

  async function revive(): Promise<void> {
    for (let wait = 50; !stopping; wait = Math.min(wait * 2, patience)) {
      log.error('PostgreSQL ended without being asked to: starting it again')
      try {
        await bringUp()
        log.info('PostgreSQL is back')
        return keepWatch()
      } catch (error) {
        log.error({ err: error }, 'PostgreSQL could not be started again yet')
        await pause(wait)
      }
    }
  }

  await bringUp()
  keepWatch()
  return {
    url: urlOf(place, ours),
    place,
    async stop() {
      stopping = true
      const others = await countOthers(watch!)
      await watch!.end().catch(() => {})
      const living = findLiving(place)
      if (living && others === 0) await stopServer(living.pid, patience)
    },
  }
}

export function urlOf(place: Pick<Place, 'socket'>, database: string): string {
  return `postgresql://${ours}@${encodeURIComponent(place.socket)}/${database}`
}

async function connectAs(place: Place, database: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: urlOf(place, database),
    application_name: supervisorName,
    // A server that is being killed may take a connection and never answer on it.
    connectionTimeoutMillis: patience,
  })
  client.on('error', () => {})
  await client.connect()
  return client
}

/** "The database system is shutting down"; its other reasons to say that it cannot connect now end in a living server. */
function isLeaving(error: unknown): boolean {
  const { code, message = '' } = error as { code?: string; message?: string }
  return code === '57P03' && message.includes('shutting down')
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const found = await client.query('select from pg_database where datname = $1', [ours])
  if (found.rowCount === 0) await client.query(`create database ${ours}`)
}

/** A second app process or a backup on the same folder keeps its server; when the count fails the server is gone already. */
async function countOthers(client: pg.Client): Promise<number> {
  try {
    const found = await client.query(
      'select count(*)::int as n from pg_stat_activity where application_name = $1 and pid <> pg_backend_pid()',
      [supervisorName],
    )
    return found.rows[0].n
  } catch {
    return 0
  }
}
