/** Which cached answers an event makes old. Waits a moment, so that a burst of events asks once. */
import * as asks from '../contract/asks.ts'
import * as care from '../contract/care.ts'
import * as chat from '../contract/chat.ts'
import * as community from '../contract/community-desk.ts'
import { communityQueue } from '../contract/community-tending.ts'
import * as conversations from '../contract/conversations.ts'
import * as fields from '../contract/fields.ts'
import * as goodwill from '../contract/goodwill.ts'
import * as keeping from '../contract/keeping.ts'
import * as knowledge from '../contract/knowledge.ts'
import * as around from '../contract/knowledge-around.ts'
import type { LiveEvent } from '../contract/live.ts'
import * as mailboxes from '../contract/mailboxes.ts'
import * as marks from '../contract/marks.ts'
import * as notifications from '../contract/notifications.ts'
import * as promises from '../contract/promises.ts'
import * as questions from '../contract/questions.ts'
import * as rights from '../contract/rights.ts'
import * as savedReplies from '../contract/saved-replies.ts'
import * as session from '../contract/session.ts'
import * as signatures from '../contract/signatures.ts'
import { structure } from '../contract/structure.ts'
import * as tags from '../contract/tags.ts'
import * as teams from '../contract/teams.ts'
import { today } from '../contract/today.ts'
import { draftsOfOthers } from '../contract/writing.ts'
import { cache } from './cache.ts'
import { onHappened, onReset } from './live.ts'

const lists = [conversations.list.path, conversations.counts.path, promises.myPromises.path, today.path]
const kinds: [RegExp, string[]][] = [
  [/^(conversation|participant|message|follow-up|options|promise)\./, lists],
  [/^message\.(troubled|bounced|sent)/, [mailboxes.trouble.path, conversations.counts.path]],
  [/^ask\./, [asks.myAsks.path, asks.asksOf.path, asks.openAsk.path, asks.answeredAsks.path, today.path]],
  [/^(conversation\.(handed-over|took-in|unmerged)|message\.(sent|troubled))$/, [asks.asksOf.path, asks.myAsks.path]],
  [/^(touch|relationship|promise)\./, [care.care.path, care.checkIns.path, care.checkIn.path]],
  [/^goodwill\./, [goodwill.goodwillLedger.path, goodwill.allowance.path, goodwill.oftenGiven.path, ...lists]],
  [/^goodwill\./, [goodwill.goodwillToDecide.path]],
  [/^person\.erased$/, [...lists, goodwill.goodwillLedger.path]],
  [/^notification\./, [notifications.notifications.path, notifications.unreadNotifications.path]],
  [/^(chat|message|participant)\./, [chat.chatAtDesk.path]],
  [/^installation\./, [chat.chatChannels.path]],
  [/^mailbox\./, [mailboxes.mailboxes.path]],
  [/^delivery\./, [mailboxes.quarantine.path, conversations.counts.path, mailboxes.trouble.path]],
  [/^(mention\.|message\.noted$)/, [marks.myMentions.path]],
  [/^tag\./, [tags.tags.path, conversations.list.path, conversations.open.path]],
  [/^field\./, [fields.fields.path, conversations.open.path]],
  [/^member\./, [teams.members.path, teams.colleagues.path, session.me.path]],
  [/^(backup|retention|installation|permission)\./, [keeping.backups.path, rights.rights.path, session.me.path]],
  [/^(team|calendar)\./, [teams.teams.path, teams.calendars.path, teams.duties.path, session.me.path]],
  [/^saved-reply\./, [savedReplies.savedReplies.path]],
  [
    /^question\./,
    [questions.askedBefore.path, questions.recurringQuestions.path, questions.myDecisions.path, ...lists],
  ],
  [/^article/, [knowledge.articles.path, knowledge.article.path, around.categories.path]],
  [
    /^(community|topic|post)[.-]/,
    [community.communityTopics.path, community.communityTopic.path, community.communityHome.path, communityQueue.path],
  ],
  [/^signature\./, [signatures.signatures.path]],
  [/^sample\./, [session.me.path, mailboxes.mailboxes.path, teams.members.path, teams.teams.path, ...lists]],
]

/** One's own coming and going is no news to oneself. */
const meKey = [session.me.path, {}]
let old = new Set<string>()
let soon: ReturnType<typeof setTimeout> | undefined
/** Lists change with whatever anybody does: where much happens they are read again this often. What one did oneself shows without it. */
const listsEvery = 1500
let listsAt = 0
let listsSoon: ReturnType<typeof setTimeout> | undefined

function conversationOf(event: LiveEvent): string | null {
  const named = event.facts.conversationId
  if (typeof named === 'string') return named
  // What happens to a message, a promise or who is here is recorded on its conversation.
  return /^(conversation|participant|message|reply|follow-up|options|promise|goodwill|presence)\./.test(event.kind)
    ? event.subjectId
    : null
}

function flush() {
  soon = undefined
  const keys = old
  old = new Set()
  const wait = listsAt + listsEvery - Date.now()
  for (const key of keys) {
    const isList = lists.includes(key)
    if (isList && wait > 0) {
      old.add(key)
      if (listsSoon === undefined) listsSoon = setTimeout(flushLists, wait)
      continue
    }
    if (isList) listsAt = Date.now()
    const [path, id] = key.split('\n')
    void cache.invalidateQueries({
      predicate: ({ queryKey }) =>
        queryKey[0] === path && (!id || (queryKey[1] as { conversationId?: string }).conversationId === id),
    })
  }
}

function flushLists() {
  listsSoon = undefined
  flush()
}

export function renewByEvents() {
  onHappened(event => {
    if (event.kind === 'presence.changed' && event.actorId === cache.getQueryData<session.Me>(meKey)?.id) return
    for (const [kind, paths] of kinds) if (kind.test(event.kind)) for (const path of paths) old.add(path)
    const id = conversationOf(event)
    if (id) {
      old.add(`${conversations.open.path}\n${id}`)
      if (event.kind === 'presence.changed') old.add(`${draftsOfOthers.path}\n${id}`)
      old.add(`${structure.path}\n${id}`)
    }
    if (old.size > 0 && soon === undefined) soon = setTimeout(flush, 120)
  })
  onReset(() => void cache.invalidateQueries())
}
