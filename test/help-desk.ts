/** What the pages under /help are given in tests: real customers, and nobody who keeps answers. */
import { createCustomers } from '../src/domain/customers/index.ts'
import type { Db } from '../src/platform/db/index.ts'
import { noAnswers } from '../src/portal/answers.ts'
import type { PortalParts } from '../src/portal/routes.ts'

export function aHelp(db: Db, baseUrl: URL): PortalParts['help'] {
  return { customers: createCustomers({ db, baseUrl }), answers: noAnswers, more: [], origin: () => baseUrl.origin }
}
