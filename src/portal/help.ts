/** Puts the pages under /help together: each group in its own file, one line here. */
import type { FastifyInstance } from 'fastify'
import { openSite, type Site, type SiteParts, troubleShown } from './frame/site.ts'
import type { Answers } from './home/answers.ts'
import { homePages } from './home/home.ts'
import { maps } from './home/maps.ts'
import { ownPages } from './home/own-pages.ts'
import { suggestPages } from './home/suggest.ts'
import { mePages } from './me/me.ts'
import { asksToSignIn, signInPages } from './me/sign-in.ts'
import { betweenUs, minePages } from './mine/mine.ts'
import { onePages } from './mine/one.ts'
import { writePages } from './write/write.ts'

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
