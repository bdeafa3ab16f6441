/** Follows the log: whoever writes from a domain we know is suggested for its organisation. Suggests; nothing is seen or granted by it. */

import type { Pool } from '../../platform/db/index.ts'
import { builderOn } from '../../platform/db/index.ts'
import { follow, type LogEvent, type Nudges, type Reader } from '../../platform/events/index.ts'
import type { Log } from '../../platform/log/log.ts'
import { systemActor } from '../access/index.ts'
import { suggestByMessages } from './tables/people.ts'
import { tell } from './telling.ts'

export const domainReader: Reader = {
  name: 'domains',
  kinds: ['message.received'],
  handle: async (client, events) => {
    const messageIds = events.flatMap(messageOf)
    const tx = builderOn(client)
    const now = events.at(-1)?.at
    if (messageIds.length === 0 || !now) return
    for (const { personId, organisationId } of await suggestByMessages(tx, messageIds, now))
      await tell(tx, systemActor('domains'), {
        ...{ kind: 'membership.suggested', subjectId: organisationId, facts: { personId }, now },
      })
  },
}

const messageOf = ({ facts }: LogEvent) => (typeof facts.messageId === 'string' ? [facts.messageId] : [])

export function startDomains(options: { pool: Pool; log: Log; nudges: Nudges }): { stop: () => Promise<void> } {
  return follow({ ...options, reader: domainReader })
}
