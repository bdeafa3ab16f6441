/** Recipients as the server suggests them and as a draft keeps them. */
import type * as contract from '../../contract/conversations.ts'
import type { Who } from './addresses.ts'

export const whoOf = (recipients: contract.ConversationView['reply']['to']): Who[] =>
  recipients.map(({ address, name }) => ({ address, name }))
export const whoKept = (kept: unknown, otherwise: Who[]): Who[] =>
  Array.isArray(kept)
    ? kept.flatMap(one => {
        const { address, name } = (one ?? {}) as Record<string, unknown>
        return typeof address === 'string' ? [{ address, name: typeof name === 'string' ? name : '' }] : []
      })
    : otherwise
