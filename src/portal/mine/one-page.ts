/** One conversation as its customer reads it: what was written, what waits for an answer in its place, who has it and what was promised. Decides nothing. */
import type { One } from '../../domain/customers/index.ts'
import { first } from '../frame/here.ts'
import { inOrder, promisedFor } from '../frame/promised.ts'
import type { Shown, SignedIn } from '../frame/site.ts'
import { dayOf } from '../frame/times.ts'
import { errorsOf } from '../me/sign-in.ts'
import type { OneConversation, Said } from '../page/mine.ts'
import { answerForm, type Filled, type Keys, offerForm, verdictForm } from './one-forms.ts'
import { promiseOffer } from './one-promise.ts'

/** Older ones are folded. */
const unfolded = 6

export function showOne(
  keys: Keys,
  visit: SignedIn,
  found: One,
  filled: Filled,
  status = filled.wrong ? 422 : 200,
): Shown {
  const { say, to, clock } = visit
  const said = found.messages.map(each => saidOf(keys, visit, found, each, filled))
  const shown = said.slice(-unfolded)
  const earlier = said.slice(0, -unfolded)
  const owner = found.owner ?? found.team
  const name = found.owner ? first(found.owner) : found.team
  const promises = inOrder(found.promises).map(each => promisedFor(visit, each))
  const owes = found.promises.some(({ direction, endedAt }) => direction === 'theirs' && endedAt === null)
  const heading = found.subject || say('mine.number', { number: found.number })
  const oldest = found.messages[0]
  const shape: OneConversation = {
    is: 'one',
    crumbs: {
      back: { label: say('mine.title'), address: to('/help/mine') },
      here: say('mine.number', { number: found.number }),
    },
    heading,
    errors: filled.wrong ? errorsOf(visit, [filled.wrong]) : null,
    notice: filled.notice ?? null,
    earlier:
      earlier.length > 0 && oldest
        ? { label: say('one.earlier', { count: earlier.length, on: dayOf(oldest.at, clock) }), said: earlier }
        : null,
    said: shown,
    promise: promiseOffer(keys, visit, found, filled),
    followUp:
      found.own && found.followUp ? { title: say('one.did'), form: verdictForm(keys, visit, found, filled) } : null,
    answer: found.mailbox
      ? {
          title: say('one.writeTo', { name }),
          hint: say(found.state === 'closed' ? 'one.writeClosed' : 'one.goesTo', { name: owner }),
          form: answerForm(keys, visit, found, name, filled),
        }
      : null,
    closed: found.state === 'closed' && !filled.notice ? say('one.closed') : null,
    owner: {
      name: owner,
      rest: say(found.state === 'closed' ? 'one.had' : 'one.has'),
      beneath: say(found.state === 'closed' ? 'one.over' : found.owner ? 'one.keeps' : 'one.team'),
    },
    promises,
    nothing: found.state !== 'closed' && !owes ? say('one.oweNothing') : null,
    asides: [
      { title: say('one.turn'), words: say(`one.state.${found.state}`, { name: owner }) },
      ...(found.own
        ? []
        : [
            {
              title: say('one.whose'),
              words: say(found.copied ? 'one.copiedWords' : 'one.whoseWords', { name: found.customer }),
            },
          ]),
      ...(found.neededBy ? [{ title: say('one.neededBy'), words: visit.due(found.neededBy) }] : []),
    ],
  }
  const title = filled.wrong ? say('errors.window', { count: 1, title: heading }) : heading
  return { status, page: visit.page(title, { path: `/help/mine/${found.id}`, place: 'mine' }, shape) }
}

function saidOf(keys: Keys, visit: SignedIn, found: One, each: One['messages'][number], filled: Filled): Said {
  const { say, to, language } = visit
  const size = new Intl.NumberFormat(`${language}-u-nu-latn`, { maximumFractionDigits: 1 })
  const { offer } = each
  const settled = offer?.settled
  const picked = offer?.options.find(({ id }) => id === settled?.pickedId)
  const isOpen = offer && !settled && new Date(offer.until) > visit.now && found.own && found.state !== 'closed'
  return {
    id: each.id,
    author: each.author && !each.author.includes('@') ? each.author : (each.author ?? say('one.somebody')),
    when: visit.due(each.at),
    them: !each.ours,
    text: each.text.slice(0, 50_000),
    files: each.files.map(file => ({
      label: say('files.one', { name: file.name, size: size.format(Math.max(0.1, file.bytes / 1_048_576)) }),
      address: to(`/help/mine/${found.id}/files/${file.id}`),
    })),
    offer: isOpen ? offerForm(keys, visit, found, offer, filled) : null,
    chosen: picked
      ? say('one.chosen', { words: picked.words })
      : settled?.how === 'none'
        ? say('one.chosenNone')
        : settled
          ? say('one.offerOver')
          : null,
  }
}
