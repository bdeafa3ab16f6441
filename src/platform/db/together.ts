/**
 * Asks several questions at once on one connection: they travel in one packet and are answered in order, where a
 * connection for each would cost a wake-up and a place in the pool for each.
 */
import type { Transaction } from 'kysely'
import type { PoolClient } from 'pg'
import { builderOver, type Db } from './builder.ts'
import type { DB } from './generated.ts'
import type { Pool } from './pool.ts'

const pools = new WeakMap<Db, Pool>()
const ofClients = new WeakMap<PoolClient, Db>()

/** Called where a query builder is made: its pool is where `together` finds a connection. */
export function rememberPool(db: Db, pool: Pool): Db {
  pools.set(db, pool)
  return db
}

/** For reading: there is no transaction, and every question is answered by its own snapshot. */
export async function together<T>(db: Db, ask: (on: Db) => Promise<T>): Promise<T> {
  const pool = pools.get(db)
  // Inside a transaction there is one connection already, and one order.
  if (!pool) return ask(db)
  const client = await pool.connect()
  try {
    return await ask(overOne(client))
  } finally {
    client.release()
  }
}

/** A transaction whose statements travel together where they are given at once; they are answered in the order in which they were given. */
export async function transactionTogether<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pools.get(db)!.connect()
  let broken: Error | undefined
  try {
    await client.query('begin')
    const done = await act(overOne(client))
    await client.query('commit')
    return done
  } catch (error) {
    // Stands behind whatever is still on its way.
    await client.query('rollback').catch(reason => {
      broken = reason as Error
    })
    throw error
  } finally {
    client.release(broken)
  }
}

/** The query builder on a connection on which somebody else began a transaction, such as a reader of the log. */
export function builderOn(client: PoolClient): Transaction<DB> {
  return overOne(client) as unknown as Transaction<DB>
}

function overOne(client: PoolClient): Db {
  const known = ofClients.get(client)
  if (known) return known
  const on = onOne(client)
  ofClients.set(client, on)
  return on
}

function onOne(client: PoolClient): Db {
  const stream = (client as unknown as { connection?: { stream?: { cork(): void; uncork(): void } } }).connection
    ?.stream
  let gathering = false
  const shared = {
    query(...asked: Parameters<PoolClient['query']>) {
      if (stream && !gathering) {
        gathering = true
        stream.cork()
        setImmediate(() => {
          gathering = false
          stream.uncork()
        })
      }
      return client.query(...asked)
    },
    release() {},
  }
  return builderOver({ connect: async () => shared, end: async () => {} } as unknown as Pool)
}
