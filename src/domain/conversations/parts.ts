/** What the routes of conversations are given from outside. */
import type { Db } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Rights } from '../access/index.ts'

export type ConversationParts = { db: Db; rights: Rights; files: Files; nudges: Nudges }
