/** The database as the rest of Pond sees it: a pool, a query builder, transactions, migrations. */
export { createDb, type Db, inTransaction, type Tx } from './db.ts'
export { gather, gatherOn } from './gather.ts'
export type { DB } from './generated.ts'
export { MigrationProblem, migrate, needNewestShape, readMigrations } from './migrate.ts'
export { createPool, type Pool } from './pool.ts'
export { beginOn, builderOn, endTurn, rollBack, together } from './together.ts'
