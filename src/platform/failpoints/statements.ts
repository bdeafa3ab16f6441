/** Makes a failpoint of every statement of a transaction. Costs nothing while none is armed. */
import type { Tx } from '../db/index.ts'
import { failpoint, failpointsArmed } from './failpoints.ts'

export function withFailpoint(tx: Tx, name: string): Tx {
  if (!failpointsArmed) return tx
  return tx.withPlugin({
    transformQuery: ({ node }) => node,
    async transformResult({ result }) {
      await failpoint(name)
      return result
    },
  })
}
