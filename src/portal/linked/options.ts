/** The page of options: one is picked, or none of them with words. Until they end one may change one's mind. */
import { choose, type OfferOutside, offerOutside } from '../../domain/conversations/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import type { Around } from '../frame/around.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import type { Form, Page } from '../page.ts'
import type { Acted, Opened, Shown } from './opened.ts'
import { troubleFor } from './trouble.ts'

type Filled = { pick: string | null; said: string; missing?: 'pick' | 'said'; late?: boolean }

export async function showOptions(opened: Opened): Promise<Shown> {
  const found = await find(opened)
  if (!found) return troubleFor(opened, 'gone')
  const around = opened.around(found.place.language)
  const end = ended(found, around)
  if (end) return { status: 410, page: end }
  const { settled } = found.offer
  const isOver = hasEnded(opened, found)
  if (!settled)
    return isOver ? { status: 410, page: over(found, around) } : { status: 200, page: asks(opened, found, around) }
  const other =
    opened.choice !== null && pickOf(found, opened.choice) !== undefined && opened.choice !== standing(found)
  const again = opened.choice === 'change' || other
  if (again && !isOver) return { status: 200, page: asks(opened, found, around) }
  return { status: 200, page: chosen(opened, found, around, !isOver) }
}

export async function actOptions(opened: Opened, form: URLSearchParams): Promise<Acted> {
  const { parts, token, now, claim, address } = opened
  const found = await find(opened)
  if (!found) return troubleFor(opened, 'gone')
  const around = opened.around(found.place.language)
  if (ended(found, around) || hasEnded(opened, found)) return showOptions(opened)
  const filled = { pick: form.get('pick'), said: (form.get('said') ?? '').trim().slice(0, 5000) }
  const optionId = filled.pick === null ? undefined : pickOf(found, filled.pick)
  const missing = optionId === undefined ? 'pick' : optionId === null && filled.said === '' ? 'said' : undefined
  if (missing) return { status: 422, page: asks(opened, found, around, { ...filled, missing }) }
  if (!formHolds(form.get('form') ?? '', token, `${found.turns}`, parts.keys, now)) {
    // Pressed twice: what was chosen first stands, and the page says it.
    if (filled.pick === standing(found)) return { go: `/o/${token}/done` }
    return { status: 409, page: asks(opened, found, around, { ...filled, late: true }) }
  }
  const customer = { personId: address.personId, seenTurns: found.turns }
  const choosing = { offerId: claim.subjectId, optionId: optionId ?? null, said: filled.said, customer }
  try {
    await parts.change(tx => choose(tx, null, choosing, now))
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return { go: `/o/${token}` }
  }
  return { go: `/o/${token}/done` }
}

const find = ({ parts, claim, address }: Opened) => offerOutside(parts.db, claim.subjectId, address.id)

/** Undefined for what is no row of it; null for "none of these". */
function pickOf({ offer }: OfferOutside, choice: string): string | null | undefined {
  if (choice === 'none') return null
  return /^[1-4]$/.test(choice) ? offer.options[Number(choice) - 1]?.id : undefined
}

/** The row that stands chosen now. */
function standing({ offer }: OfferOutside): string | null {
  if (offer.settled?.how === 'none') return 'none'
  if (offer.settled?.how !== 'picked') return null
  return `${offer.options.findIndex(({ id }) => id === offer.settled?.pickedId) + 1}`
}

const hasEnded = ({ now }: Opened, { offer }: OfferOutside) => new Date(offer.until) <= now

function ended({ offer, author, place }: OfferOutside, { say, on, page }: Around): Page | null {
  const how = offer.settled?.how
  if (how !== 'withdrawn' && how !== 'replaced') return null
  const gaps = { author, when: on(offer.settled!.at), address: place.address ?? '' }
  return page(say(`options.${how}`), { lede: [say(`options.${how}Words`, gaps)] })
}

function over({ offer, place }: OfferOutside, { say, when, page }: Around): Page {
  const words = say('options.overWords', { when: when(offer.until), address: place.address ?? '' })
  return page(say('options.over'), { lede: [words] })
}

function asks(
  opened: Opened,
  found: OfferOutside,
  { say, when, on, name, page }: Around,
  filled: Filled = { pick: opened.choice, said: found.offer.settled?.how === 'none' ? found.offer.settled.said : '' },
): Page {
  const { offer, author, place } = found
  const missing = { pick: { field: 'pick-0', says: 'options.choose' }, said: { field: 'said', says: 'options.say' } }
  const trouble = filled.missing ? missing[filled.missing] : null
  const form: Form = {
    action: `/o/${opened.token}`,
    token: formToken(opened.token, `${found.turns}`, opened.parts.keys, opened.now),
    legend: say('options.legend'),
    name: 'pick',
    rows: [
      ...offer.options.map(({ words, consequence, cost }, at) => ({
        ...{ value: `${at + 1}`, label: words, what: consequence, cost },
        chosen: filled.pick === `${at + 1}`,
      })),
      {
        ...{ value: 'none', label: say('options.none'), what: say('options.noneWhat'), cost: '' },
        chosen: filled.pick === 'none',
      },
    ],
    field: { name: 'said', label: say('options.words'), hint: say('options.wordsHint'), value: filled.said, rows: 3 },
    button: say('options.button'),
    beside: `${say('nothingSent')} ${say('options.until', { when: when(offer.until) })}`,
    trouble: trouble && { field: trouble.field, says: say(trouble.says) },
    notice: filled.late ? say('again') : null,
  }
  const before = offer.settled ? [say(chosenKey(found, 'On'), { when: on(offer.settled.at) })] : []
  return page(name ? say('options.title', { name }) : say('options.titleNobody'), {
    title: say('options.titleNobody'),
    lede: [say('options.lede', { author, subject: place.subject }), ...before],
    form,
    writeTo: place.address,
  })
}

const chosenKey = ({ offer }: OfferOutside, when: 'On' | '') =>
  `options.chosen${offer.settled?.how === 'none' ? 'None' : ''}${when}`

function chosen(opened: Opened, found: OfferOutside, { say, when, on, page }: Around, mayChange: boolean): Page {
  const { offer, place } = found
  const option = offer.options.find(({ id }) => id === offer.settled?.pickedId) ?? null
  const kind = place.owner ? '' : 'Team'
  const who = { owner: place.owner ?? '', team: place.team, when: place.dueAt ? when(place.dueAt) : '' }
  const heading =
    opened.choice === 'done' ? say(chosenKey(found, '')) : say(chosenKey(found, 'On'), { when: on(offer.settled!.at) })
  const promise = option?.promise
  const told = place.dueAt && !promise ? say(`options.told${kind}`, who) : say(`options.keeps${kind}`, who)
  return page(heading, {
    chosen: option
      ? { label: option.words, what: option.consequence, cost: option.cost }
      : offer.settled?.said
        ? { label: offer.settled.said, what: '', cost: '' }
        : null,
    promises: promise
      ? [
          {
            state: 'open',
            theirs: false,
            words: say('conversation.ours', { name: place.owner ?? place.team, words: promise.words }),
            by: say('conversation.by', { when: when(promise.dueAt) }),
          },
        ]
      : [],
    lede: [told, ...(mayChange ? [say('options.until', { when: when(offer.until) })] : [])],
    links: mayChange ? [{ label: say('options.change'), address: `/o/${opened.token}/change`, primary: false }] : [],
    writeTo: place.address,
  })
}
