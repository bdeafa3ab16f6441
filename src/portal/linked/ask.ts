/** The page on which an expert without an account says by when they answer. The answer itself comes by mail. */
import { Temporal } from 'temporal-polyfill'
import { type AskOutside, askOutside, nameTimeOutside } from '../../domain/asks/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import type { Page } from '../page.ts'
import type { Acted, Opened, Shown } from './opened.ts'
import { troubleFor } from './trouble.ts'

/** Further off than this is a typing mistake rather than a promise. */
const mostDays = 60

export async function showAsk(opened: Opened): Promise<Shown> {
  const found = await find(opened)
  if (!found) return troubleFor(opened, 'gone')
  if (opened.expired) return troubleFor(opened, 'expired', found.language)
  if (found.state !== 'open') return { status: 410, page: over(opened, found) }
  if (opened.choice === 'done' && found.promise?.named) return { status: 200, page: done(opened, found) }
  return { status: 200, page: asks(opened, found) }
}

export async function actAsk(opened: Opened, form: URLSearchParams): Promise<Acted> {
  const { parts, token, now, claim, address } = opened
  const found = await find(opened)
  if (!found || opened.expired || found.state !== 'open') return showAsk(opened)
  const dueAt = new Date(form.get('by') ?? '')
  const days = (dueAt.getTime() - now.getTime()) / 86_400_000
  if (!(days > 0 && days < mostDays)) return { status: 422, page: asks(opened, found, { missing: true, late: false }) }
  const seen = found.promise?.id ?? ''
  if (!formHolds(form.get('form') ?? '', token, seen, parts.keys, now)) {
    // Pressed twice: the time that was named stands, and the page says it.
    if (found.promise?.named && found.promise.dueAt.getTime() === dueAt.getTime()) return { go: `/o/${token}/done` }
    return { status: 409, page: asks(opened, found, { missing: false, late: true }) }
  }
  const named = { askId: claim.subjectId, addressId: address.id, dueAt: dueAt.toISOString(), seen }
  try {
    await parts.change(tx => nameTimeOutside(tx, named, now))
  } catch (problem) {
    if (!(problem instanceof Refusal)) throw problem
    return { go: `/o/${token}` }
  }
  return { go: `/o/${token}/done` }
}

const find = ({ parts, claim, address }: Opened) => askOutside(parts.db, claim.subjectId, address.id)

function over(opened: Opened, { state, by, language, words }: AskOutside): Page {
  const { say, page } = opened.around(language)
  const how = state === 'closed' ? 'closed' : 'answered'
  return page(say(`ask.${how}`), { lede: [say(`ask.${how}Words`, { by, words })] })
}

function done(opened: Opened, { by, language, words, promise }: AskOutside): Page {
  const { say, when, page } = opened.around(language)
  return page(say('ask.done', { by, when: when(promise!.dueAt) }), {
    title: say('ask.title'),
    lede: [say('ask.doneWords', { by, words })],
    links: [{ label: say('ask.other'), address: `/o/${opened.token}`, primary: false }],
  })
}

function asks(opened: Opened, found: AskOutside, wrong = { missing: false, late: false }): Page {
  const { token, now, parts } = opened
  const { say, when, page } = opened.around(found.language)
  const { promise, by, words } = found
  const stands = promise ? [say(promise.named ? 'ask.named' : 'ask.wanted', { by, when: when(promise.dueAt) })] : []
  return page(say('ask.title'), {
    lede: [say('ask.lede', { by, words }), ...stands],
    form: {
      action: `/o/${token}`,
      token: formToken(token, promise?.id ?? '', parts.keys, now),
      legend: say('ask.legend'),
      name: 'by',
      rows: timesFor(now, opened.address.zone ?? opened.house.zone, promise?.dueAt ?? null).map(at => ({
        ...{ value: at.toISOString(), label: when(at), what: '', cost: '' },
        chosen: promise?.named === true && promise.dueAt.getTime() === at.getTime(),
      })),
      field: null,
      button: say('ask.button'),
      beside: say('ask.byMail'),
      trouble: wrong.missing ? { field: 'by-0', says: say('ask.choose') } : null,
      notice: wrong.late ? say('again') : null,
    },
  })
}

/** When they were asked to, this evening, and the next working days: hours people think in, in their own zone. */
export function timesFor(now: Date, zone: string, wanted: Date | null): Date[] {
  const local = Temporal.Instant.fromEpochMilliseconds(now.getTime()).toZonedDateTimeISO(zone)
  const at = (days: number, hour: number) =>
    new Date(
      local.toPlainDate().add({ days }).toZonedDateTime({ timeZone: zone, plainTime: { hour } }).epochMilliseconds,
    )
  const working = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10].filter(days => local.add({ days }).dayOfWeek <= 5)
  const [next = 1, after = 2] = working
  const week = working.find(days => days >= 7) ?? 7
  const soon = now.getTime() + 30 * 60_000
  const times = [...(wanted ? [wanted] : []), at(0, 18), at(next, 12), at(next, 17), at(after, 17), at(week, 17)]
  const ahead = [...new Set(times.map(each => each.getTime()))].filter(each => each > soon)
  return ahead.sort((a, b) => a - b).map(each => new Date(each))
}
