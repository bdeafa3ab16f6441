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
/** Who has a connection has a builder over it until they give it back: what is left over from their work finds it closed. */
type Turn = { db: Db; begin: () => Promise<unknown>; end: (reason: string) => void }
const turns = new WeakMap<PoolClient, Turn>()

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
    return await ask((await turnOn(client)).db)
  } finally {
    endTurn(client, 'what was asked together has been answered')
    client.release()
  }
}

/** A transaction: statements travel together where they are given at once; they are answered in the order in which they were given. */
export async function transactionTogether<T>(db: Db, act: (tx: Db) => Promise<T>): Promise<T> {
  const client = await pools.get(db)!.connect()
  let broken: Error | undefined
  try {
    const turn = await turnOn(client)
    // Given first, whatever comes how soon; nothing that follows is done where this cannot be.
    const [, done] = await Promise.all([turn.begin(), act(turn.db)])
    endTurn(client, 'the transaction this belongs to is over')
    await client.query('commit')
    return done
  } catch (error) {
    broken = await rollBack(client)
    throw error
  } finally {
    client.release(broken)
  }
}

/** Stands behind whatever is still on its way; what would still be given is refused. Returns why it could not be. */
export async function rollBack(client: PoolClient): Promise<Error | undefined> {
  endTurn(client, 'the transaction this belongs to has failed')
  try {
    await client.query('rollback')
    return undefined
  } catch (error) {
    return error as Error
  }
}

/** From now on the builder of whoever had this connection does nothing: a statement of theirs would land with somebody else. */
export function endTurn(client: PoolClient, reason: string) {
  turns.get(client)?.end(reason)
  turns.delete(client)
}

/** Begins a transaction that whoever has this connection ends; its statements travel with those given at once. */
export async function beginOn(client: PoolClient): Promise<{ tx: Transaction<DB>; begun: Promise<unknown> }> {
  const turn = await turnOn(client)
  return { tx: turn.db as unknown as Transaction<DB>, begun: turn.begin() }
}

/** The query builder on a connection on which somebody else began a transaction, such as a reader of the log. */
export function builderOn(client: PoolClient): Transaction<DB> {
  return (turns.get(client) ?? newTurn(client)).db as unknown as Transaction<DB>
}

async function turnOn(client: PoolClient): Promise<Turn> {
  const known = turns.get(client)
  if (known) return known
  const turn = newTurn(client)
  // The first statement of a builder waits until it is ready, and what is given next would go before it.
  await turn.db.getExecutor().provideConnection(async () => {})
  return turn
}

function newTurn(client: PoolClient): Turn {
  const stream = (client as unknown as { connection?: { stream?: { cork(): void; uncork(): void } } }).connection
    ?.stream
  let gathering = false
  let ended: string | null = null
  const shared = {
    query(...asked: Parameters<PoolClient['query']>): Promise<unknown> {
      if (ended) return Promise.reject(new Error(ended))
      if (stream && !gathering) {
        gathering = true
        stream.cork()
        setImmediate(() => {
          gathering = false
          stream.uncork()
        })
      }
      return client.query(...asked) as unknown as Promise<unknown>
    },
    release() {},
  }
  const turn: Turn = {
    db: builderOver({ connect: async () => shared, end: async () => {} } as unknown as Pool),
    begin: () => (shared.query as (text: string) => Promise<unknown>)('begin'),
    end(reason) {
      ended = reason
    },
  }
  turns.set(client, turn)
  return turn
}
