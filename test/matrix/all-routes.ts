/** Declares the routes of all slices on a test desk, as src/pond.ts does. */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { liveSightOf } from '../../src/domain/access/index.ts'
import { askRoutes } from '../../src/domain/asks/index.ts'
import { ruleRoutes } from '../../src/domain/automation/index.ts'
import { careRoutes } from '../../src/domain/care/index.ts'
import { mailboxRoutes } from '../../src/domain/channels/mailboxes/routes.ts'
import { chatRoutes } from '../../src/domain/chat/index.ts'
import { communityRoutes } from '../../src/domain/community/index.ts'
import { conversationRoutes, pictureRoutes } from '../../src/domain/conversations/index.ts'
import { customerRoutes } from '../../src/domain/customers/index.ts'
import { erasingRoutes } from '../../src/domain/erasing/index.ts'
import { goodwillRoutes } from '../../src/domain/goodwill/index.ts'
import { insightRoutes } from '../../src/domain/insight/index.ts'
import { installationRoutes } from '../../src/domain/installation/index.ts'
import { importRoutes } from '../../src/domain/intake/import/index.ts'
import { knowledgeRoutes } from '../../src/domain/knowledge/index.ts'
import { markRoutes } from '../../src/domain/marks/index.ts'
import { notificationRoutes } from '../../src/domain/notifications/index.ts'
import { questionRoutes } from '../../src/domain/questions/index.ts'
import { relationRoutes } from '../../src/domain/relations/index.ts'
import { sampleRoutes } from '../../src/domain/sample/index.ts'
import { savedReplyRoutes } from '../../src/domain/saved-replies/index.ts'
import { signatureRoutes } from '../../src/domain/signatures/index.ts'
import { spamRoutes } from '../../src/domain/spam/index.ts'
import { viewRoutes } from '../../src/domain/views/index.ts'
import { openKeys } from '../../src/platform/config/keys.ts'
import { openEgress } from '../../src/platform/egress/index.ts'
import { createHealth } from '../../src/platform/health/index.ts'
import { serveAssets } from '../../src/platform/http/assets.ts'
import { liveRoute } from '../../src/platform/live/index.ts'
import { silentLog } from '../../src/platform/log/log.ts'
import { articleAnswers } from '../../src/portal/articles/article-answers.ts'
import { articlePages } from '../../src/portal/articles/articles.ts'
import { withCommunity } from '../../src/portal/community/answers.ts'
import { communityPages } from '../../src/portal/community/community.ts'
import { portalRoutes } from '../../src/portal/routes.ts'
import { aHelp } from '../help-desk.ts'
import type { TestDesk } from '../people.ts'

const silence = { send: () => {}, listen: () => ({ ring: async () => {}, close: () => {} }), stop: async () => {} }
/** What links in mails are signed with here. */
export const linkKeys = [Buffer.alloc(32, 9)]
/** Names that nobody has: nothing here asks the network. */
const noNames = {
  resolveTxt: async () => [],
  resolveMx: async () => [],
  resolve4: async () => [],
  resolve6: async () => [],
} as never
/** Lets everybody go at once: that a stream opens is tried, what flows in it elsewhere. */
const closedHub = {
  join: async (client: { close: () => void }) => {
    client.close()
    return true
  },
  leave: () => {},
  watch: () => () => {},
  position: () => null,
  size: () => 0,
  lagMs: () => 0,
  stop: async () => {},
}

export async function allRoutes(desk: TestDesk): Promise<void> {
  const { app, database, access, files, folder, baseUrl, clock } = desk
  const { db, pool } = database
  const { rights } = access
  mailboxRoutes(app, {
    db,
    rights,
    baseUrl,
    nudges: silence,
    files,
    keys: openKeys({ dataDir: folder, key: '00'.repeat(32) }),
    oauth: {},
    clock: () => clock.now,
    dns: noNames,
    // What intake makes of a mail is tried elsewhere: here, who may ask it to.
    retry: async () =>
      ({ became: 'quarantined', deliveryId: '', conversationId: null, messageId: null, reason: 'too-slow' }) as never,
  })
  importRoutes(app, {
    db,
    rights,
    dataDir: folder,
    nudges: silence,
    clock: () => clock.now,
  })
  notificationRoutes(app, { db, rights, nudges: silence, egress: openEgress(), pushKey: 'x' })
  savedReplyRoutes(app, { db, rights, nudges: silence })
  signatureRoutes(app, { db, rights })
  erasingRoutes(app, { db, rights, files, nudges: silence })
  customerRoutes(app, { db, rights, baseUrl, hosts: { origin: () => baseUrl.origin, renew: async () => {} } })
  const answers = withCommunity(
    db,
    articleAnswers(db, () => clock.now),
  )
  portalRoutes(app, {
    db,
    rights,
    nudges: silence,
    keys: linkKeys,
    pages: { render: ({ heading }) => heading, css: '', script: null },
    help: aHelp(
      { db, baseUrl, files },
      { answers, more: [site => articlePages(site, files), site => communityPages(site, answers)] },
    ),
  })
  markRoutes(app, { db, rights, nudges: silence })
  // No address inside our network may be reached, so nothing is.
  pictureRoutes(app, { db, rights, files, egress: openEgress() })
  ruleRoutes(app, { db, rights })
  spamRoutes(app, { db, rights })
  conversationRoutes(app, { db, rights, files, nudges: silence })
  askRoutes(app, { db, rights, files, nudges: silence, baseUrl })
  careRoutes(app, { db, rights, nudges: silence })
  goodwillRoutes(app, { db, rights, nudges: silence })
  relationRoutes(app, { db, rights, nudges: silence })
  viewRoutes(app, { db, rights, nudges: silence })
  questionRoutes(app, { db, rights, nudges: silence })
  insightRoutes(app, { db, rights })
  knowledgeRoutes(app, { db, rights, nudges: silence, files, baseUrl })
  communityRoutes(app, { db, rights, nudges: silence })
  installationRoutes(app, { db, rights, dataDir: folder, keyOutside: false })
  // The parser is what telling the story needs, and here it is told already.
  const untold = { parser: undefined as never, log: silentLog(), keys: [] }
  sampleRoutes(app, { db, files, rights, nudges: silence, baseUrl, ...untold })
  const chats = chatRoutes(app, {
    ...{ db, log: silentLog(), nudges: silence, hub: closedHub, clock: () => clock.now, files, baseUrl, rights },
    keys: openKeys({ dataDir: folder, key: '00'.repeat(32) }),
    script: join(folder, 'no-widget.js'),
  })
  app.addHook('onClose', () => chats.stop())
  liveRoute(app, { hub: closedHub, right: rights.member, sight: liveSightOf })
  const health = createHealth({ pool, log: silentLog(), checks: [], figures: [], metricsToken: undefined })
  health.routes(app)
  app.addHook('onClose', async () => health.stop())
  const pages = join(folder, 'pages')
  mkdirSync(pages, { recursive: true })
  writeFileSync(join(pages, 'index.html'), '<!doctype html><title>Pond</title>')
  await serveAssets(app, pages)
}
