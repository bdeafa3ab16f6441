/** What the telling needs, and what it has told so far. */
import type { Db } from '../../platform/db/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { TakeIn } from '../channels/index.ts'
import type { Stage } from './setting.ts'

export type Telling = {
  db: Db
  files: Pick<Files, 'put'>
  /** where articles lie */
  baseUrl: URL
  stage: Stage
  now: Date
  /** intake by the story's own clock */
  takeIn: (at: Date) => TakeIn
}

/** By the names the story gives them; shelves are the categories of articles, forums those of topics. */
export type Told = {
  conversations: Map<string, string>
  shelves: Map<string, string>
  articles: Map<string, string>
  forums: Map<string, string>
  topics: Map<string, { id: string; posts: string[] }>
}
