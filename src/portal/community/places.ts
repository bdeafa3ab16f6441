/** Where the community is, and where somebody may begin something in it. */
import { type CommunityAs, categoriesFor, type ShownCategory } from '../../domain/community/index.ts'
import type { Visit } from '../frame/visit.ts'

export const homePath = '/help/community'
export const practicesPath = '/help/practices'
export const newPath = '/help/community/new'
export const feedPath = '/help/community/feed.xml'

/** Whoever will have signed in, of whom nothing is known. */
const somebody: CommunityAs = {
  ...{ is: 'person', personId: '00000000-0000-0000-0000-000000000000', organisations: [] },
}

/** Whoever is not signed in: where they could begin, of what they see already. */
export async function placesFor({ db, customer, language }: Visit, as: CommunityAs): Promise<ShownCategory[]> {
  const all = await categoriesFor(db, customer ? as : somebody, language)
  return all.filter(each => each.begins && (customer || each.audience === 'public'))
}
