/** What the pages under /help are given in tests: real customers, and nobody who keeps answers. */
import { createCustomers } from '../src/domain/customers/index.ts'
import type { Db } from '../src/platform/db/index.ts'
import type { Files } from '../src/platform/files/index.ts'
import { noAnswers } from '../src/portal/home/answers.ts'
import type { PortalParts } from '../src/portal/routes.ts'

type Help = PortalParts['help']
const nobodyWrites: Help['takeIn'] = async () => {
  throw new Error('nobody writes in this test')
}

export function aHelp(desk: { db: Db; baseUrl: URL; files: Files }, more: Partial<Help> = {}): Help {
  const { db, baseUrl, files } = desk
  return {
    ...{ customers: createCustomers({ db, baseUrl }), answers: noAnswers, more: [], origin: () => baseUrl.origin },
    ...{ takeIn: nobodyWrites, replyKeys: [], files, ...more },
  }
}
