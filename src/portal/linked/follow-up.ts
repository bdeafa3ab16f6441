/** The page of a follow-up: did the answer hold? A link marks a row; the button says it, once. */
import { answerFollowUp, type FollowUpOutside, followUpOutside } from '../../domain/conversations/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import type { Around } from '../frame/around.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import type { Form } from '../page.ts'
import type { Acted, Opened, Shown } from './opened.ts'
import { troubleFor } from './trouble.ts'

const verdicts = ['worked', 'incomplete', 'wrong', 'later'] as const
type Answer = (typeof verdicts)[number]
type Filled = { answer: string | null; said: string; missing?: boolean; late?: boolean }
/** How things stand while nobody has answered: a form drawn then holds until somebody has. */
const unanswered = 'unanswered'

export async function showFollowUp(opened: Opened): Promise<Shown> {
  const found = await find(opened)
  if (!found) return troubleFor(opened, 'gone')
  if (found.verdict !== null) return { status: 200, page: answered(opened, opened.around(found.place.language), found) }
  if (opened.expired) return troubleFor(opened, 'expired', found.place.language)
  return { status: 200, page: await asks(opened, found, { answer: opened.choice, said: '' }) }
}

export async function actFollowUp(opened: Opened, form: URLSearchParams): Promise<Acted> {
  const { parts, token, now } = opened
  const found = await find(opened)
  if (!found || found.verdict !== null || opened.expired) return showFollowUp(opened)
  const filled = { answer: form.get('answer'), said: (form.get('said') ?? '').slice(0, 5000) }
  const verdict = verdicts.find(each => each === filled.answer)
  if (!verdict) return { status: 422, page: await asks(opened, found, { ...filled, missing: true }) }
  if (!formHolds(form.get('form') ?? '', token, unanswered, parts.keys, now))
    return { status: 409, page: await asks(opened, found, { ...filled, late: true }) }
  try {
    await parts.change(tx =>
      answerFollowUp(tx, { followUpId: opened.claim.subjectId, verdict, said: filled.said }, now),
    )
  } catch (problem) {
    // Answered or removed a moment ago: its page says so.
    if (!(problem instanceof Refusal)) throw problem
  }
  return { go: `/o/${token}/done` }
}

const find = ({ parts, claim, address, now }: Opened) => followUpOutside(parts.db, claim.subjectId, address.id, now)

async function asks(opened: Opened, found: FollowUpOutside, filled: Filled) {
  const { say, when, name, page } = opened.around(found.place.language)
  const { owner, subject, address } = found.place
  const gaps = { author: found.author ?? '', subject }
  const what: Record<Answer, string> = {
    worked: say('followUp.what.worked'),
    incomplete: owner
      ? say('followUp.what.answers', { owner, when: when(found.againBy) })
      : say('followUp.what.answersTeam', { when: when(found.againBy) }),
    wrong: say('followUp.what.same'),
    later: say('followUp.what.later'),
  }
  const form: Form = {
    action: `/o/${opened.token}`,
    token: formToken(opened.token, unanswered, opened.parts.keys, opened.now),
    legend: say('followUp.legend'),
    name: 'answer',
    rows: verdicts.map(value => ({
      ...{ value, label: say(`followUp.row.${value}`), what: what[value], cost: '' },
      chosen: filled.answer === value,
    })),
    field: {
      name: 'said',
      label: say('followUp.right'),
      hint: say('followUp.rightHint'),
      value: filled.said,
      rows: 3,
    },
    button: say('confirm'),
    beside: say('nothingSent'),
    trouble: filled.missing ? { field: 'answer-0', says: say('followUp.choose') } : null,
    notice: filled.late ? say('again') : null,
  }
  return page(name ? say('followUp.title', { name }) : say('followUp.titleNobody'), {
    title: say('followUp.titleNobody'),
    lede: [found.author ? say('followUp.lede', gaps) : say('followUp.ledeTeam', gaps)],
    read: found.answer ? { label: say('followUp.read'), text: found.answer.slice(0, 6000) } : null,
    form,
    writeTo: address,
    aside: {
      person: null,
      sections: [
        { title: say('followUp.why'), words: say('followUp.whyWords') },
        { title: say('followUp.often'), words: say('followUp.oftenWords') },
      ],
    },
  })
}

function answered(opened: Opened, { say, when, on, page }: Around, found: FollowUpOutside) {
  const { place, verdict, answeredAt } = found
  const writeTo = place.address
  if (opened.choice !== 'done')
    return page(say('said.title'), {
      lede: [
        say(`said.${verdict}`, { when: answeredAt ? on(answeredAt) : '' }),
        ...(writeTo ? [say('said.change', { address: writeTo })] : []),
      ],
    })
  const { owner, team, subject, dueAt } = place
  if (verdict === 'later') return page(say('judged.later'), { lede: [say('judged.laterWords')], writeTo })
  if (verdict === 'worked' && place.state === 'closed')
    return page(say('judged.worked'), { lede: [say('judged.workedWords', { subject })], writeTo })
  const who = { owner: owner ?? '', team, when: dueAt ? when(dueAt) : '' }
  const kind = owner ? '' : 'Team'
  if (verdict === 'worked' || !dueAt)
    return page(say('judged.noted'), { lede: [say(`judged.notedWords${kind}`, who)], writeTo })
  return page(say('judged.back'), { lede: [say(`judged.backWords${kind}`, who)], writeTo })
}
