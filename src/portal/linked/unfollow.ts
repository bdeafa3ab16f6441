/** The page that the foot of the community's mails leads to: follow this no more, or hear of no more mentions. By a button; or at once, where a mail program asks by itself (RFC 8058). */
import { followedName, hearOfNoMentions, hearsOfMentions, unfollow } from '../../domain/community/index.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import type { Acted, Opened, Shown } from './opened.ts'
import { troubleFor } from './trouble.ts'

type Ended = NonNullable<Awaited<ReturnType<typeof followedName>>>

export async function showUnfollow(opened: Opened): Promise<Shown> {
  const { say, page } = opened.around(null)
  const found = await of(opened)
  if (!found) return troubleFor(opened, 'gone')
  if (!found.follows)
    return { status: 200, page: page(say(`unfollow.done.${found.is}`), { lede: [say('unfollow.doneWords')] }) }
  return asks(opened, found, null)
}

/** A link of these never ends: whoever wants no more mail gets none, however old the mail is. */
export async function actUnfollow(opened: Opened, form: URLSearchParams): Promise<Acted> {
  const { parts, token, now, address } = opened
  const found = await of(opened)
  if (!found) return troubleFor(opened, 'gone')
  const oneClick = form.get('List-Unsubscribe') === 'One-Click'
  if (!oneClick && !formHolds(form.get('form') ?? '', token, 'unfollow', parts.keys, now))
    return asks(opened, found, opened.around(null).say('again'))
  const { personId } = address
  const { purpose, subjectId } = opened.claim
  await parts.change(tx =>
    purpose === 'mentions' ? hearOfNoMentions(tx, personId, now) : unfollow(tx, { personId, subjectId }, now),
  )
  // Whatever asks by itself follows no way.
  return oneClick ? showUnfollow(opened) : { go: `/o/${token}` }
}

function of({ parts, address, claim, house }: Opened): Promise<Ended | null> {
  if (claim.purpose === 'mentions') return hearsOfMentions(parts.db, address.personId)
  const language = address.language ?? house.language
  return followedName(parts.db, { personId: address.personId, subjectId: claim.subjectId, language })
}

function asks(opened: Opened, found: Ended, notice: string | null): Shown {
  const { say, page } = opened.around(null)
  const isWay = found.is === 'digest' || found.is === 'mentions'
  const name = found.name ?? (isWay ? '' : say(`unfollow.nameless.${found.is}`))
  return {
    status: notice ? 409 : 200,
    page: page(say(`unfollow.${found.is}`), {
      lede:
        found.is === 'mentions'
          ? [say('unfollow.mentionWords')]
          : isWay
            ? [say('unfollow.words')]
            : [name, say('unfollow.words')],
      form: {
        action: `/o/${opened.token}`,
        token: formToken(opened.token, 'unfollow', opened.parts.keys, opened.now),
        ...{ legend: say(`unfollow.${found.is}`), name: 'pick', rows: [], field: null },
        ...{ button: say('unfollow.button'), beside: say('nothingSent'), trouble: null, notice },
      },
    }),
  }
}
