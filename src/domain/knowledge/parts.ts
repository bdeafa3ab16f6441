/** What the routes of articles are made with. */
import type { Db } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Rights } from '../access/index.ts'

export type KnowledgeParts = { db: Db; rights: Rights; nudges: Pick<Nudges, 'send'>; files: Files; baseUrl: URL }
