/** What is asked about the community, and what becomes old by doing something in it. */
import type { CommunityAuthor, CommunityCategory } from '../../contract/community.ts'
import * as contract from '../../contract/community-desk.ts'
import * as tending from '../../contract/community-tending.ts'
import * as ties from '../../contract/community-ties.ts'
import { t } from '../../words/community.ts'
import { query, renew } from '../api.ts'
import { cache } from '../cache.ts'

export const homeQuery = query(contract.communityHome, {})
export const settingsQuery = query(tending.communitySettings, {})

export function renewCommunity() {
  renew(
    cache,
    contract.communityHome,
    contract.communityTopics,
    contract.communityTopic,
    contract.communityTries,
    tending.communityQueue,
    tending.communityPerson,
    ties.topicsOfConversation,
    ties.topicsOfArticle,
  )
}

export function nameOf(author: CommunityAuthor): string {
  if (author.is === 'left') return t('community:author.left')
  return author.name ?? t('community:author.somebody')
}

/** In the reader's language, whichever region's, else in the first there is. */
export function categoryName(category: CommunityCategory, language: string): string {
  const ours = language.split('-')[0]
  const own =
    category.names.find(each => each.language === language) ?? category.names.find(each => each.language === ours)
  return (own ?? category.names[0])?.name ?? ''
}
