/** Chat: words with people on other sites, as other slices and the wiring use it. */
import { existsSync, readFileSync } from 'node:fs'
import type { FastifyInstance } from 'fastify'
import type { Keys } from '../../platform/config/keys.ts'
import type { Db } from '../../platform/db/index.ts'
import type { Nudges } from '../../platform/events/index.ts'
import type { Files } from '../../platform/files/index.ts'
import type { Hub } from '../../platform/live/index.ts'
import type { Log } from '../../platform/log/log.ts'
import type { Rights } from '../access/index.ts'
import { gatherWords } from './gather.ts'
import type { FindArticles } from './parts.ts'
import { scriptRoute } from './script.ts'
import { deskRoutes } from './settings-routes.ts'
import { type ChatStreams, startChats } from './streams.ts'
import { tryRoute } from './try.ts'
import { widgetRoutes } from './widget-routes.ts'

export type { FindArticles } from './parts.ts'
export type { ChatStreams } from './streams.ts'
export { sweepChats } from './sweep.ts'

export type ChatOptions = {
  db: Db
  log: Log
  nudges: Pick<Nudges, 'send'>
  hub: Pick<Hub, 'watch'>
  clock: () => Date
  files: Files
  keys: Pick<Keys, 'seal' | 'unseal'>
  baseUrl: URL
  rights: Rights
  findArticles?: FindArticles | null
  /** the built widget */
  script: string
}

export function chatRoutes(app: FastifyInstance, options: ChatOptions): ChatStreams {
  const { db, log, nudges, hub, clock, files, keys, baseUrl, rights } = options
  const streams = startChats({ db, log, nudges, watch: told => hub.watch(told), clock })
  const said = (ids: string[]) => {
    streams.hint(ids)
    nudges.send('happened')
  }
  const say = gatherWords({ db, clock, said })
  const script = existsSync(options.script) ? readFileSync(options.script, 'utf8') : null
  const findArticles = options.findArticles ?? null
  const parts = { db, rights, nudges, files, keys, baseUrl, say, streams, findArticles, script }
  deskRoutes(app, parts)
  widgetRoutes(app, parts)
  tryRoute(app, { db, rights })
  scriptRoute(app, { db, rights, script, finds: findArticles !== null })
  return streams
}
