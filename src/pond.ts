/** Puts Pond together, in numbered steps and by hand: what needs what can be read from top to bottom. Loads nothing by itself. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { accountMail } from './account-mail.ts'
import { addServerWords, inLanguageOf } from './asker.ts'
import { chores } from './chores.ts'
import { invariants } from './cli/invariants.ts'
import { version } from './cli/version.ts'
import { createAccess, issueFirstAdministratorLink, learnsOfInstallation, scopesOf } from './domain/access/index.ts'
import { askRoutes, startAsks } from './domain/asks/index.ts'
import { ruleRoutes } from './domain/automation/index.ts'
import { careReader, careRoutes } from './domain/care/index.ts'
import { startChannels } from './domain/channels/index.ts'
import { chatRoutes } from './domain/chat/index.ts'
import { communityReader, communityRoutes, communityTasks } from './domain/community/index.ts'
import { conversationRoutes, pictureRoutes, sendDue } from './domain/conversations/index.ts'
import { createCustomers, customerRoutes } from './domain/customers/index.ts'
import { erasingRoutes } from './domain/erasing/index.ts'
import { goodwillRoutes } from './domain/goodwill/index.ts'
import { insightRoutes, startInsight } from './domain/insight/index.ts'
import { installationRoutes, installationTasks } from './domain/installation/index.ts'
import { importRoutes, importTasks } from './domain/intake/import/index.ts'
import { startIntake } from './domain/intake/index.ts'
import {
  anybody,
  findArticles,
  knowledgeReader,
  knowledgeRoutes,
  pathOf,
  publishDue,
} from './domain/knowledge/index.ts'
import { markRoutes } from './domain/marks/index.ts'
import { notificationRoutes, startNotifications } from './domain/notifications/index.ts'
import { startClock } from './domain/promises/index.ts'
import { questionRoutes, startQuestions } from './domain/questions/index.ts'
import { relationRoutes, startDomains } from './domain/relations/index.ts'
import { keepSample, sampleRoutes } from './domain/sample/index.ts'
import { savedReplyRoutes } from './domain/saved-replies/index.ts'
import { signatureRoutes } from './domain/signatures/index.ts'
import { spamRoutes } from './domain/spam/index.ts'
import { viewRoutes } from './domain/views/index.ts'
import { figures, watchIntake } from './figures.ts'
import type { Config } from './platform/config/config.ts'
import { openKeys } from './platform/config/keys.ts'
import { createDb, createPool, inTransaction, migrate, needNewestShape } from './platform/db/index.ts'
import { openEgress } from './platform/egress/index.ts'
import { startEmbedded } from './platform/embedded/index.ts'
import { follow, startNudges } from './platform/events/index.ts'
import { failpoint } from './platform/failpoints/index.ts'
import { openFiles } from './platform/files/index.ts'
import { createHealth, isRecent } from './platform/health/index.ts'
import { serveAssets } from './platform/http/assets.ts'
import { closeHttp, createHttp } from './platform/http/index.ts'
import { startJobs } from './platform/jobs/index.ts'
import { liveRoute, startHub } from './platform/live/index.ts'
import type { Log } from './platform/log/log.ts'
import { startParser } from './platform/mail/reading/parser.ts'
import { articleAnswers } from './portal/articles/article-answers.ts'
import { articlePages } from './portal/articles/articles.ts'
import { withCommunity } from './portal/community/answers.ts'
import { communityPages } from './portal/community/community.ts'
import { builtPages } from './portal/frame/built.ts'
import { followHost } from './portal/frame/hosts.ts'
import { portalRoutes } from './portal/routes.ts'
import { refusalSentence } from './words/refusals.ts'

/** Connections for the pages outside, beside those of everything else. */
const pagesTogether = 4

export type Pond = {
  address: string
  /** For the first administrator, while there is none. */
  firstLink: string | undefined
  stop(): Promise<void>
}

export async function startPond(config: Config, log: Log, options: { sample?: boolean } = {}): Promise<Pond> {
  // Told to end all at once: what answers requests, and what works by itself. Then what those stand on, the last first.
  const works: (() => Promise<unknown>)[] = []
  const undo: (() => Promise<unknown>)[] = []
  let farewell = async () => {}
  const stop = async () => {
    await farewell()
    await Promise.all(works.splice(0).map(end => end()))
    for (const step of undo.splice(0).reverse()) await step()
  }
  try {
    // 1. The database: ours, or the one somebody runs for us.
    mkdirSync(config.dataDir, { recursive: true, mode: 0o711 })
    const database = await openDatabase(config, log)
    undo.push(database.stop)

    // 2. Its shape.
    const ran = await migrate(database.url)
    if (ran.length > 0) log.info({ migrations: ran }, 'The database was brought up to date')
    const pool = createPool({ url: database.url, log, connections: config.databaseConnections })
    undo.push(() => pool.end())

    const db = createDb(pool)

    // 3. What runs beside requests: nudges, live updates, reading and taking in mail.
    const baseUrl = new URL(config.baseUrl)
    const keys = openKeys({ dataDir: config.dataDir, key: config.key })
    const files = openFiles(config.dataDir)
    const egress = openEgress({ allow: config.egressAllow })
    undo.push(() => egress.stop())
    const nudges = startNudges({ url: database.url, pool, log })
    undo.push(() => nudges.stop())
    const hub = startHub({ pool, log, nudges })
    undo.push(() => hub.stop())
    const parser = startParser({ logger: log, children: 1 })
    undo.push(() => parser.stop())
    const clock = () => new Date()
    const { intake, figures: intakeFigures } = watchIntake(
      startIntake({ db, files, parser, log, nudges, keys: keys.replies, clock }),
    )
    const channels = await startChannels({
      ...{ db, pool, url: database.url, files, keys, nudges, clock, baseUrl, oauth: config.oauth },
      log: log.child({ part: 'channels' }) as Log,
      smtp: config.smtp ? { ...config.smtp, name: baseUrl.hostname } : null,
      takeIn: intake.takeIn,
      retry: intake.retry,
      at: failpoint,
    })
    works.push(() => channels.stop())
    const telling = startNotifications({ db, pool, log, nudges, egress, baseUrl, keys: keys.push, clock })
    works.push(() => telling.stop())
    const asks = startAsks({ pool, log, nudges, baseUrl, clock })
    works.push(() => asks.stop())
    const domains = startDomains({ pool, log, nudges })
    works.push(() => domains.stop())
    const tending = follow({ pool, log, nudges, reader: careReader(clock) })
    works.push(() => tending.stop())
    const asking = startQuestions({ db, pool, log, nudges, clock })
    works.push(() => asking.stop())
    const insight = startInsight({ db, pool, log, nudges })
    works.push(() => insight.stop())
    const learning = follow({ pool, log, nudges, reader: knowledgeReader(clock) })
    works.push(() => learning.stop())
    const spreading = follow({ pool, log, nudges, reader: communityReader(clock) })
    works.push(() => spreading.stop())
    const comesDue = async () => {
      await sendDue({ db, nudges }, clock())
      await publishDue({ db, nudges }, clock())
    }
    const promises = startClock({ db, log, nudges, clock, also: comesDue })
    works.push(() => promises.stop())
    const upkeep = { db, nudges, log, clock, url: database.url, dataDir: config.dataDir, version, invariants }
    const bringing = importTasks({ db, nudges, log, clock, dataDir: config.dataDir, takeIn: intake.takeIn })
    const tasks = [
      ...chores({ db, files, nudges, clock }),
      ...installationTasks(upkeep),
      ...bringing,
      ...communityTasks({ db, nudges, clock }),
    ]
    const jobs = await startJobs({ url: database.url, pool, log, tasks })
    works.push(() => jobs.stop())
    const sampleParts = { db, files, parser, log, nudges, baseUrl, keys: keys.replies }
    const sample = keepSample(sampleParts, { add: options.sample === true, clock })
    works.push(() => sample.stop())

    // 4. The web: each slice adds its routes, each route with its right.
    const hosts = followHost({ db, baseUrl })
    works.push(async () => hosts.stop())
    await hosts.renew()
    const app = await createHttp({
      log: log.child({ part: 'http' }) as Log,
      baseUrl,
      trustedProxies: config.trustedProxies,
      sentence: refusalSentence,
      hosts,
    })
    works.push(() => closeHttp(app))
    addServerWords()
    app.addHook('preHandler', (request, _, done) => inLanguageOf(request.headers['accept-language'], done))
    const health = createHealth({
      pool,
      log,
      metricsToken: config.metricsToken,
      figures: [
        ...figures,
        ...intakeFigures,
        { name: 'live_clients', help: 'Connections that follow live updates', value: () => hub.size() },
      ],
      checks: [
        { name: 'database', ask: () => pool.query('select 1') },
        { name: 'migrations', ask: () => needNewestShape(pool) },
        { name: 'files', ask: () => files.tryWriting() },
        isRecent('worker', jobs.beatAt, 20_000),
        isRecent('scheduler', promises.lookedAt, 20_000),
      ],
    })
    undo.push(async () => health.stop())
    health.routes(app)
    const access = createAccess({ pool, db, baseUrl, mailLink: accountMail, keys })
    access.routes(app)
    channels.routes(app, { rights: access.rights, baseUrl })
    importRoutes(app, { db, nudges, rights: access.rights, clock, dataDir: config.dataDir })
    savedReplyRoutes(app, { db, rights: access.rights, nudges })
    signatureRoutes(app, { db, rights: access.rights })
    markRoutes(app, { db, rights: access.rights, nudges })
    pictureRoutes(app, { db, rights: access.rights, files, egress })
    ruleRoutes(app, { db, rights: access.rights })
    spamRoutes(app, { db, rights: access.rights })
    // Takes uploads its own way: before those that take them for everybody else.
    knowledgeRoutes(app, { db, rights: access.rights, nudges, files, baseUrl })
    conversationRoutes(app, { db, rights: access.rights, files, nudges })
    communityRoutes(app, { db, rights: access.rights, nudges })
    askRoutes(app, { db, rights: access.rights, files, nudges, baseUrl })
    careRoutes(app, { db, rights: access.rights, nudges })
    goodwillRoutes(app, { db, rights: access.rights, nudges })
    relationRoutes(app, { db, rights: access.rights, nudges })
    viewRoutes(app, { db, rights: access.rights, nudges })
    questionRoutes(app, { db, rights: access.rights, nudges })
    insightRoutes(app, { db, rights: access.rights })
    notificationRoutes(app, { db, rights: access.rights, nudges, egress, pushKey: keys.push.publicKey })
    installationRoutes(app, {
      db,
      rights: access.rights,
      dataDir: config.dataDir,
      keyOutside: config.key !== undefined,
    })
    erasingRoutes(app, { db, rights: access.rights, files, nudges })
    customerRoutes(app, { db, rights: access.rights, baseUrl, hosts })
    // However many look at the pages outside, the desk's connections are its own.
    const lookedUp = createPool({ url: database.url, log, connections: pagesTogether, plannedOnce: true })
    undo.push(() => lookedUp.end())
    const looking = createDb(lookedUp)
    const answers = withCommunity(looking, articleAnswers(looking, clock))
    portalRoutes(app, {
      ...{ db, looking, rights: access.rights, nudges, keys: keys.links },
      pages: await builtPages(
        join(import.meta.dirname, '../dist/portal'),
        join(import.meta.dirname, '../dist/outside'),
      ),
      help: {
        ...{
          customers: createCustomers({ db: looking, baseUrl }),
          answers,
          more: [site => articlePages(site, files), site => communityPages(site, answers)],
          origin: hosts.origin,
        },
        ...{ takeIn: intake.takeIn, replyKeys: keys.replies, files },
      },
    })
    sampleRoutes(app, { ...sampleParts, rights: access.rights })
    const chats = chatRoutes(app, {
      ...{ db, log, nudges, hub, clock, files, keys, baseUrl, rights: access.rights },
      script: join(import.meta.dirname, '../dist/widget/widget.js'),
      async findArticles(q, language) {
        const found = await findArticles(db, anybody, { q, language, limit: 5, typing: true })
        return found.map(({ title, excerpt, summary, category, slug }) => ({
          ...{ title: title.text, says: summary || excerpt.text },
          address: new URL(pathOf(category, slug), baseUrl).href,
        }))
      },
    })
    works.push(() => chats.stop())
    liveRoute(app, {
      hub,
      right: access.rights.member,
      rights: new Set(Object.keys(access.rights).filter(name => name !== access.rights.anyone.name)),
      sight: actor => ({ scopes: scopesOf(actor), installation: learnsOfInstallation(actor) }),
    })
    await serveAssets(app, join(import.meta.dirname, '../dist/desk'))

    // 5. Open the door last. When Pond stops nobody shall be sent here any more, and live clients come back elsewhere.
    works.push(() => hub.stop())
    farewell = async () => {
      health.leave()
      if (config.drainSeconds > 0) await new Promise(resolve => setTimeout(resolve, config.drainSeconds * 1000))
    }
    await sample.ready.catch(error => log.error({ err: error }, 'The sample could not be added'))
    await app.listen({ host: config.host, port: config.port })
    const firstLink = await inTransaction(db, tx => issueFirstAdministratorLink(tx, baseUrl, new Date()))
    return { address: config.baseUrl, firstLink: firstLink ?? undefined, stop }
  } catch (error) {
    // What could not be begun may not end either; whoever started us tries again.
    await Promise.race([stop(), new Promise(resolve => setTimeout(resolve, 15_000))])
    throw error
  }
}

async function openDatabase(config: Config, log: Log) {
  if (config.databaseUrl) return { url: config.databaseUrl, stop: async () => {} }
  const embedded = await startEmbedded({ dataDir: config.dataDir, log })
  if (embedded.place.elsewhere) log.warn(embedded.place.elsewhere)
  return { url: embedded.url, stop: () => embedded.stop() }
}
