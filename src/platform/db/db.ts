/** The query builder over the pool, and transactions that are tried again when the database asks for it. */
import type { Transaction } from 'kysely'
import { builderOver, type Db } from './builder.ts'
import type { DB } from './generated.ts'
import type { Pool } from './pool.ts'
import { rememberPool, transactionTogether } from './together.ts'

export type { Db } from './builder.ts'
export type Tx = Transaction<DB>

export function createDb(pool: Pool): Db {
  return rememberPool(builderOver(pool), pool)
}

/** Serialization failure, deadlock, lock not available: the same work may succeed a moment later. */
const passing = new Set(['40001', '40P01', '55P03'])

/**
 * `act` may run several times: it must do nothing outside the transaction. Statements that it gives at once travel at once,
 * and run in the order in which it gave them.
 */
export function inTransaction<T>(db: Db, act: (tx: Tx) => Promise<T>): Promise<T> {
  return again(() => transactionTogether(db, tx => act(tx as unknown as Tx)))
}

async function again<T>(run: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run()
    } catch (error) {
      if (attempt >= 5 || !isPassing(error)) throw error
      await new Promise(resolve => setTimeout(resolve, Math.random() * 20 * 2 ** attempt))
    }
  }
}

export function isPassing(error: unknown): boolean {
  return passing.has(String((error as { code?: unknown } | null)?.code))
}
