/** What the routes of conversations are given from outside. */
import type { Db } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Rights } from '../access/index.ts'
import type { WordsOf } from './queries/filter.ts'

/** `wordsOf`: how words in a filter are found; without it by the subject alone. */
export type ConversationParts = { db: Db; rights: Rights; files: Files; nudges: Nudges; wordsOf?: WordsOf }
