/** Around the form at /help/ask: which of several it is, and what one lands on once it is sent. */
import type { Form } from '../../contract/forms.ts'
import { Id } from '../../contract/kit.ts'
import { receiptOf, sentTo } from '../../domain/customers/index.ts'
import type { Shown } from '../frame/site.ts'
import type { Visit } from '../frame/visit.ts'
import { blankForm } from '../me/sign-in.ts'
import type { Filled as FilledPage } from '../page/form.ts'

/** Which of several matters it is. */
export function choose(visit: Visit, forms: readonly Form[]): Shown {
  const { say, to } = visit
  const heading = say('ask.title')
  const shape: FilledPage = {
    ...blankForm,
    heading,
    lede: [say('ask.which')],
    list: forms.map(({ id, name, intro }) => ({ label: name, address: to(`/help/ask/${id}`), beneath: intro || null })),
  }
  return {
    status: 200,
    page: visit.page(heading, { path: '/help/ask', place: 'ask', listed: { description: say('ask.which') } }, shape),
  }
}

/** What one lands on: who has it, by when. Says nothing of who wrote it. */
export async function sent(visit: Visit, press: string): Promise<Shown> {
  const { say, db, now, at, to } = visit
  const known = Id.safeParse(press).data
  const id = known ? await sentTo(db, known, now) : null
  const receipt = id ? await receiptOf(db, id) : null
  const heading = say('ask.sent')
  const when = receipt?.dueAt ? at(receipt.dueAt) : ''
  const who = receipt ? { owner: receipt.owner ?? '', team: receipt.team, when, number: receipt.number } : {}
  const lede = !receipt
    ? [say('ask.sentNobody')]
    : [
        say(receipt.dueAt ? (receipt.owner ? 'ask.sentOwner' : 'ask.sentTeam') : 'ask.sentUndated', who),
        say('ask.sentMail', who),
      ]
  const shape = { ...blankForm, heading, lede, links: [{ label: say('trouble.home'), address: to('/help') }] }
  return { status: 200, page: visit.page(heading, { path: '/help/ask', place: 'ask' }, shape) }
}
