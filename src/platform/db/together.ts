/**
 * Asks several questions at once on one connection: they travel in one packet and are answered in order, where a
 * connection for each would cost a wake-up and a place in the pool for each. For reading only: there is no transaction,
 * and every question is answered by its own snapshot.
 */
import type { PoolClient } from 'pg'
import { builderOver, type Db } from './builder.ts'
import type { Pool } from './pool.ts'

const pools = new WeakMap<Db, Pool>()
const ofClients = new WeakMap<PoolClient, Db>()

/** Called where a query builder is made: its pool is where `together` finds a connection. */
export function rememberPool(db: Db, pool: Pool): Db {
  pools.set(db, pool)
  return db
}

export async function together<T>(db: Db, ask: (on: Db) => Promise<T>): Promise<T> {
  const pool = pools.get(db)
  // Inside a transaction there is one connection already, and one order.
  if (!pool) return ask(db)
  const client = await pool.connect()
  try {
    let on = ofClients.get(client)
    if (!on) {
      on = onOne(client)
      ofClients.set(client, on)
    }
    return await ask(on)
  } finally {
    client.release()
  }
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
