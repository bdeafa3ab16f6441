import { createServer } from 'node:net'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { end, Installation, ordinary, root, until } from './installation.ts'

const accounts = root ? [undefined, ordinary] : [undefined]

describe.each(accounts)('as %o', { timeout: 180_000 }, as => {
  let here: Installation
  beforeAll(async () => {
    here = await Installation.make({ as, closed: true })
  })
  afterAll(() => here.remove())
  afterEach(() => here.end())

  test('starts in a folder that other users cannot enter, and a TERM to npm ends all of it', async () => {
    const run = await here.running()
    expect(await here.isReady()).toBe(true)
    expect(run.said().includes('Its database lies in /var/lib/pond/')).toBe(root && !as)
    run.npm.kill('SIGTERM')
    await run.ended
    await until(
      () => here.processes().length === 0,
      15_000,
      () => here.processes().join('\n'),
    )
    expect(await here.isReady()).toBe(false)
  })

  test('a TERM while it still starts leaves no PostgreSQL behind', async () => {
    const run = here.up()
    await until(() => here.processes().some(line => line.includes('/postgres ')), 60_000, run.said)
    run.npm.kill('SIGTERM')
    await run.ended
    await until(
      () => here.processes().length === 0,
      20_000,
      () => here.processes().join('\n'),
    )
  })

  test('comes up again after KILL of npm, of the app and of PostgreSQL', async () => {
    const first = await here.running()

    end(here.pids().postgresql!, 'SIGKILL')
    await until(() => here.isReady(), 30_000, first.said)

    const before = here.pids().app
    end(before, 'SIGKILL')
    await until(async () => here.pids().app !== before && (await here.isReady()), 40_000, first.said)
    expect(first.said()).toContain('Pond ended unexpectedly (SIGKILL); starting it again.')

    first.npm.kill('SIGKILL')
    const second = await here.running()
    expect(await here.isReady()).toBe(true)

    const { up, app, postgresql } = here.pids()
    for (const pid of [second.npm.pid!, up, app, postgresql!]) end(pid, 'SIGKILL')
    await here.running()
    expect(await here.isReady()).toBe(true)
  })

  test('says that the port is taken, takes another and prints its address', async () => {
    const other = createServer().listen(here.port, 'localhost')
    const run = await here.running()
    other.close()
    expect(run.said()).toContain(`Port ${here.port} is taken by another program`)
    const address = /Pond is running: (\S+)/.exec(run.said())?.[1] ?? ''
    expect(await here.isReady(address)).toBe(true)
  })

  test('recognises itself: a second up prints the address and a new link, and ends well', async () => {
    const first = await here.running()
    const second = here.up()
    expect(await second.ended).toBe(0)
    expect(second.said()).toContain(`Pond is running already, with this data folder: ${here.url}`)
    expect(link(second.said())).toMatch(/^http/)
    expect(link(second.said())).not.toBe(link(first.said()))
    expect(await here.isReady()).toBe(true)
  })

  test('wrong configuration is listed whole, and nothing is started', async () => {
    const run = here.up([], { BASE_URL: 'desk', LOG_LEVEL: 'loud', DATABASE_URL_FILE: '/nowhere' })
    expect(await run.ended).toBe(2)
    for (const name of ['BASE_URL', 'LOG_LEVEL', 'DATABASE_URL_FILE']) expect(run.said()).toContain(`- ${name}`)
    expect(here.processes()).toEqual([])
  })
})

function link(said: string): string | undefined {
  return /^ {2}(http\S+)$/m.exec(said)?.[1]
}
