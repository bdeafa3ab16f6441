/** Declares the routes of all slices on a test desk, as src/pond.ts does. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { liveSightOf } from '../../src/domain/access/index.ts'
import { conversationRoutes } from '../../src/domain/conversations/index.ts'
import { serveAssets } from '../../src/platform/http/assets.ts'
import { liveRoute } from '../../src/platform/live/index.ts'
import type { TestDesk } from '../people.ts'

const silence = { send: () => {}, listen: () => ({ ring: async () => {}, close: () => {} }), stop: async () => {} }
/** Lets everybody go at once: that a stream opens is tried, what flows in it elsewhere. */
const closedHub = {
  join: async (client: { close: () => void }) => {
    client.close()
    return true
  },
  leave: () => {},
  size: () => 0,
  lagMs: () => 0,
  stop: async () => {},
}

export async function allRoutes({ app, database, access, files, folder }: TestDesk): Promise<void> {
  conversationRoutes(app, { db: database.db, rights: access.rights, files, nudges: silence })
  liveRoute(app, { hub: closedHub, right: access.rights.member, sight: liveSightOf })
  const pages = join(folder, 'pages')
  mkdirSync(pages, { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Pond</title>')
  await serveAssets(app, pages)
}
