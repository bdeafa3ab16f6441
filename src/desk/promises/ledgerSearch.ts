/** What the address of the ledger holds. What does not fit is left out: an address is written by anybody. */
import { z } from 'zod'
import { LedgerDirection, LedgerState } from '../../contract/ledger.ts'

export const LedgerSearch = z.object({
  /** mine when nobody is named; `all`: everybody's one sees */
  of: z.enum(['mine', 'all', 'team', 'person', 'customer']).optional().catch(undefined),
  id: z.uuid().optional().catch(undefined),
  name: z.string().max(300).optional().catch(undefined),
  direction: LedgerDirection.optional().catch(undefined),
  state: LedgerState.optional().catch(undefined),
  late: z.boolean().optional().catch(undefined),
})
export type LedgerSearch = z.infer<typeof LedgerSearch>
