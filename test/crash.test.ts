/** The short version of `npm run bench -- crash`: whatever is killed while mail flows, every mail is there once and answered once. */
import { expect, test } from 'vitest'
import { crashRun } from '../bench/lib/crashRun.ts'
import { hasDovecot } from './mail-servers.ts'

test.skipIf(!hasDovecot)(
  'app, parser and PostgreSQL are killed while mail flows, and nothing is lost, doubled or acknowledged twice',
  async () => {
    const found = await crashRun({ kills: 8, mails: 160, betweenMs: 700 })
    expect(found).toMatchObject({ kills: 8, hung: 0, mails: 160, lost: 0, doubled: 0, acknowledgedTwice: 0, unsent: 0 })
  },
  180_000,
)
