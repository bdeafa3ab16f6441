/** The customer's page of a conversation: who has it, whose turn it is, what was promised by when. Shows no history: what was written stays in their mail. */
import type { PromiseView } from '../../contract/promises.ts'
import { type LinkPurpose, linkToken } from '../../domain/channels/index.ts'
import { conversationOutside } from '../../domain/conversations/index.ts'
import type { Around } from '../frame/around.ts'
import type { Promised } from '../page.ts'
import type { Opened, Shown } from './opened.ts'
import { troubleFor } from './trouble.ts'

export async function showConversation(opened: Opened): Promise<Shown> {
  const { parts, claim, address, now } = opened
  if (opened.expired) return troubleFor(opened, 'expired')
  const found = await conversationOutside(parts.db, claim.subjectId, address.id, now)
  if (!found) return troubleFor(opened, 'gone')
  const around = opened.around(found.place.language)
  const { say, page } = around
  const { place } = found
  const to = (purpose: LinkPurpose, subjectId: string, until: Date) =>
    `/o/${linkToken({ purpose, subjectId, until, recipient: address.normal, addressNumber: claim.addressNumber }, parts.keys)}`
  const links = [
    ...(found.offerId && found.offerUntil
      ? [
          {
            label: say('conversation.toOptions'),
            address: to('options', found.offerId, found.offerUntil),
            primary: true,
          },
        ]
      : []),
    ...(found.followUp
      ? [
          {
            label: say('conversation.toFollowUp'),
            address: to('follow-up', found.followUp.id, found.followUp.until),
            primary: true,
          },
        ]
      : []),
  ]
  const promises = found.promises.map(promise => promised(promise, around))
  const has = place.owner
    ? say('conversation.has', { owner: place.owner })
    : say('conversation.hasTeam', { team: place.team })
  return {
    status: 200,
    page: page(place.subject || say('number', { number: place.number }), {
      lede: [
        `${say('number', { number: place.number })} · ${say(`conversation.turn.${place.state}`)}`,
        ...(promises.length === 0 ? [say('conversation.nothing')] : []),
      ],
      promises,
      links,
      writeTo: place.address,
      aside: {
        person: { name: place.owner ?? place.team, beneath: place.owner ? say('conversation.keeps') : has },
        sections: [{ title: has, words: say('conversation.what') }],
      },
    }),
  }
}

function promised(promise: PromiseView, { say, when, on }: Around): Promised {
  const theirs = promise.direction === 'theirs'
  const words = promise.words.trim() || say('conversation.reply')
  const kind = promise.by.is === 'team' ? 'Team' : ''
  const key =
    promise.state === 'kept'
      ? 'kept'
      : promise.state === 'kept-late'
        ? 'keptLate'
        : promise.state === 'overdue' && !theirs
          ? `late${kind}`
          : 'by'
  return {
    state: promise.state,
    theirs,
    words: theirs ? say('conversation.yours', { words }) : say('conversation.ours', { name: promise.by.name, words }),
    by: say(`conversation.${key}`, {
      when: key === 'by' ? when(promise.dueAt) : on(promise.endedAt ?? promise.dueAt),
      owner: promise.by.name,
    }),
  }
}
