/** Puts the pages under /help together: each group in its own file, one line here. */
import type { FastifyInstance } from 'fastify'
import type { Answers } from './answers.ts'
import { homePages } from './home.ts'
import { maps } from './maps.ts'
import { mePages } from './me.ts'
import { betweenUs, minePages } from './mine.ts'
import { onePages } from './one.ts'
import { ownPages } from './own-pages.ts'
import { asksToSignIn, signInPages } from './sign-in.ts'
import { openSite, type Site, type SiteParts, troubleShown } from './site.ts'
import { suggestPages } from './suggest.ts'
import { writePages } from './write.ts'

export type HelpParts = SiteParts & {
  answers: Answers
  /** pages of others, which come with their own routes */
  more: readonly ((site: Site) => void)[]
}

export function helpPages(scope: FastifyInstance, { answers, more, ...parts }: HelpParts) {
  const site = openSite(scope, parts, asksToSignIn)
  homePages(site, answers, betweenUs)
  signInPages(site)
  minePages(site)
  onePages(site)
  writePages(site, answers)
  suggestPages(site, answers)
  ownPages(site)
  mePages(site)
  maps(site, answers)
  for (const pages of more) pages(site)
  site.get('/help/*', async visit => troubleShown(visit, 404))
}
