/**
 * Asks several questions at once on one connection: they travel in one packet and are answered in order, where a
 * connection for each would cost a wake-up and a place in the pool for each.
 */
import { sql, type Transaction } from 'kysely'
import type { PoolClient } from 'pg'
import { builderOver, type Db } from './builder.ts'
import type { DB } from './generated.ts'
import type { Pool } from './pool.ts'

const pools = new WeakMap<Db, Pool>()
const ofClients = new WeakMap<PoolClient, { db: Db; refuse: (reason: Error | null) => void }>()

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
    return await ask(overOne(client).db)
  } finally {
    client.release()
  }
}

/** A transaction: statements travel together where they are given at once; they are answered in the order in which they were given. */
export async function transactionTogether<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pools.get(db)!.connect()
  let broken: Error | undefined
  try {
    const tx = overOne(client).db
    // Nothing that follows is done where this cannot be.
    const [, done] = await Promise.all([sql`begin`.execute(tx), act(tx)])
    await client.query('commit')
    return done
  } catch (error) {
    broken = await rollBack(client)
    throw error
  } finally {
    client.release(broken)
  }
}

/** Stands behind whatever is still on its way; what would still be given follows in no other transaction. Returns why it could not be. */
export async function rollBack(client: PoolClient): Promise<Error | undefined> {
  const { refuse } = overOne(client)
  refuse(new Error('the transaction this belongs to has failed'))
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  } finally {
    refuse(null)
  }
}

/** The query builder on a connection on which somebody else began a transaction, such as a reader of the log. */
export function builderOn(client: PoolClient): Transaction<DB> {
  return overOne(client).db as unknown as Transaction<DB>
}

function overOne(client: PoolClient) {
  const known = ofClients.get(client)
  if (known) return known
  const on = onOne(client)
  ofClients.set(client, on)
  return on
}

function onOne(client: PoolClient) {
  const stream = (client as unknown as { connection?: { stream?: { cork(): void; uncork(): void } } }).connection
    ?.stream
  let gathering = false
  let refused: Error | null = null
  const shared = {
    query(...asked: Parameters<PoolClient['query']>) {
      if (refused) return Promise.reject(refused)
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
  return {
    db: builderOver({ connect: async () => shared, end: async () => {} } as unknown as Pool),
    refuse(reason: Error | null) {
      refused = reason
    },
  }
}
