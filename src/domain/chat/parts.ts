/** What chat is given from outside. */
import type { Keys } from '../../platform/config/keys.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Rights } from '../access/index.ts'
import type { Say } from './gather.ts'
import type { ChatStreams } from './streams.ts'

/** Articles that fit some words, in a language: whoever keeps articles says it. */
export type FindArticles = (
  words: string,
  language: string,
) => Promise<{ title: string; address: string; says: string }[]>

export type ChatParts = {
  db: Db
  rights: Rights
  nudges: Pick<Nudges, 'send'>
  files: Files
  keys: Pick<Keys, 'seal' | 'unseal'>
  baseUrl: URL
  say: Say
  streams: ChatStreams
  findArticles: FindArticles | null
  /** the built widget; null: nothing was built yet */
  script: string | null
}
