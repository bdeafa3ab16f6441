/** Sends what was written: shown at once, taken back for as long as the server allows, and given back to its writer when it fails. */
import type { MessageView, NextStep } from '../../contract/conversations.ts'
import * as contract from '../../contract/conversations.ts'
import type { AlsoPromised } from '../../contract/ledger.ts'
import type { NewOffer } from '../../contract/options.ts'
import { sendNow } from '../../contract/structure.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { patchConversation, renewConversation } from '../conversation/conversationQuery.ts'
import { onItsWay, stateAfter, withMessage, withoutMessage } from '../conversation/viewPatches.ts'
import { listOptions } from '../inbox/filter.ts'
import { withoutRows } from '../inbox/rowPatches.ts'
import { waitWithNote } from '../offline/waiting.ts'
import { goTo, whereNow } from '../shell/going.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { Countdown } from './Countdown.tsx'
import { draftKey, putBack } from './draftShelf.ts'
import type { Who } from './Recipients.tsx'

export type Written = {
  html: string
  text: string
  to: Who[]
  cc: Who[]
  nextStep: NextStep
  options?: NewOffer | undefined
  /** saved replies that stand in it */
  used: string[]
  promised: AlsoPromised[]
  files: string[]
  seenVersion: number
  /** as the draft kept it, to be put back by undo */
  choices: Record<string, unknown>
}
type Person = { id: string; name: string }
type Quiet = Extract<NextStep, { is: 'nothing-owed' }>

const recipientsOf = (to: Who[], cc: Who[]): MessageView['recipients'] => [
  ...to.map(({ address, name }) => ({ role: 'to' as const, address, name, personId: null })),
  ...cc.map(({ address, name }) => ({ role: 'cc' as const, address, name, personId: null })),
]

/** Rejects with the server's Problem; by then the stream shows again what it showed before. */
export async function sendReply(view: contract.ConversationView, me: Person, written: Written) {
  const id = `sending-${crypto.randomUUID()}`
  const recipients = recipientsOf(written.to, written.cc)
  const shown = onItsWay(
    {
      id,
      kind: 'reply',
      html: written.html,
      text: written.text,
      recipients,
      from: view.mailbox?.address ?? null,
      nextStep: written.nextStep,
    },
    me,
    new Date(),
  )
  patchConversation(view.id, before => withMessage(before, shown))
  try {
    const outcome = await ask(contract.reply, {
      conversationId: view.id,
      seenVersion: written.seenVersion,
      body: written.html,
      recipients: { to: written.to.map(({ address }) => address), cc: written.cc.map(({ address }) => address) },
      nextStep: written.nextStep,
      attachments: written.files,
      options: written.options ?? null,
      used: written.used,
      promised: written.promised,
    })
    patchConversation(view.id, before => ({ ...before, state: outcome.state, version: outcome.version }))
    leaveLists(view.id, stateAfter[written.nextStep.is])
    renew(cache, contract.open, contract.list, contract.counts)
    tellSent(view, me, written, outcome)
    return outcome
  } catch (problem) {
    patchConversation(view.id, before => withoutMessage(before, id))
    throw problem
  }
}

/** Nothing is owed, and nothing said. */
export async function closeWithout(view: contract.ConversationView, seenVersion: number, because: Quiet['because']) {
  await ask(contract.closeQuietly, { conversationId: view.id, seenVersion, because })
  leaveLists(view.id, 'closed')
  renew(cache, contract.open, contract.list, contract.counts)
  notice({ title: t('compose:sent.closed'), detail: view.subject })
}

export async function sendNote(
  view: contract.ConversationView,
  me: Person,
  html: string,
  text: string,
  files: string[],
  promised: AlsoPromised[] = [],
) {
  const messageId = crypto.randomUUID()
  const id = `sending-${messageId}`
  const shown = onItsWay({ id, kind: 'note', html, text, recipients: [], from: null, nextStep: null }, me, new Date())
  patchConversation(view.id, before => withMessage(before, shown))
  try {
    await ask(contract.note, { conversationId: view.id, messageId, body: html, promised, attachments: files })
    renew(cache, contract.open, contract.list)
  } catch (problem) {
    patchConversation(view.id, before => withoutMessage(before, id))
    // Without a connection a note waits here; a reply doesn't, because what it answers may change meanwhile.
    if (!(problem instanceof Problem) || problem.code !== 'silent') throw problem
    const waiting = { id: messageId, personId: me.id, conversationId: view.id, body: html, text, files }
    await waitWithNote({ ...waiting, at: Date.now() }).catch(() => {
      throw problem
    })
    notice({ title: t('offline:kept'), detail: t('offline:keptDetail') })
  }
}

/** A conversation that is no longer ours to answer leaves the lists of what is open, at once. */
export function leaveLists(id: string, state: contract.State) {
  if (state === 'open') return
  for (const query of cache.getQueryCache().findAll({ queryKey: [contract.list.path] })) {
    const filter = query.queryKey[1] as { view?: string; sort?: string } | undefined
    if (!['mine', 'open', 'unowned'].includes(filter?.view ?? '')) continue
    type Filter = Parameters<typeof listOptions>[0]
    cache.setQueryData(listOptions(filter as Filter).queryKey, pages => pages && withoutRows(pages, new Set([id])))
  }
}

const names = (people: Who[]) =>
  new Intl.ListFormat(document.documentElement.lang || 'en', { type: 'conjunction' }).format(
    people
      .slice(0, 3)
      .map(({ name, address }) => (name ? firstName(name) : address))
      .concat(people.length > 3 ? [t('compose:others', { count: people.length - 3 })] : []),
  )

function tellSent(
  view: contract.ConversationView,
  me: Person,
  written: Written,
  outcome: { messageId: string | null; undoUntil: string | null },
) {
  const { messageId, undoUntil } = outcome
  const goes = names([...written.to, ...written.cc])
  const until = undoUntil ? Date.parse(undoUntil) : 0
  const detail = t(`compose:sent.${written.nextStep.is}`, { subject: view.subject })
  if (!messageId || until <= Date.now()) {
    notice({ tone: 'sending', title: t('compose:sent.gone', { names: goes }), detail })
    return
  }
  notice({
    tone: 'sending',
    title: <Countdown until={until} words={seconds => t('compose:sent.goes', { names: goes, count: seconds })} />,
    detail,
    until,
    span: until - Date.now(),
    onUndo: () => void undo(view, me, messageId, written),
    onNow: () => void goNow(view, messageId, goes, detail),
  })
}

/** Its writer waits no longer. */
async function goNow(view: contract.ConversationView, messageId: string, names: string, detail: string) {
  try {
    await ask(sendNow, { messageId })
    notice({ tone: 'sending', title: t('compose:sent.gone', { names }), detail })
  } catch (problem) {
    noticeFailure(problem)
  }
  void renewConversation(view.id)
}

/** Takes a reply back before it leaves, and brings its text into the composer again. */
async function undo(view: contract.ConversationView, me: Person, messageId: string, written: Written) {
  try {
    const back = await ask(contract.undoReply, { messageId })
    patchConversation(view.id, before => ({
      ...withoutMessage(before, messageId),
      state: back.state,
      version: back.version,
    }))
    renew(cache, contract.open, contract.list, contract.counts)
    await bringBack(view, me, written, back.body || written.html, back.version)
  } catch (problem) {
    noticeFailure(problem, t('compose:sent.tooLate'))
  }
}

/** Brings what was written into the composer of its conversation again. */
export async function bringBack(
  view: contract.ConversationView,
  me: { id: string },
  written: Written,
  body: string,
  seenVersion: number,
) {
  const draft = { body, choices: written.choices, seenVersion, savedAt: Date.now() }
  putBack(draftKey(me.id, view.id, 'reply'), { ...draft, tab: 'undo', shared: null, ahead: true })
  const { pathname, search } = whereNow()
  const params = { conversationId: String(view.number) }
  const here = pathname === `/conversations/${view.number}` || pathname === `/conversations/${view.id}`
  await goTo({
    to: '/conversations/$conversationId',
    params: here ? { conversationId: pathname.split('/').at(-1) ?? params.conversationId } : params,
    search: { ...(here ? search : {}), write: 'reply' },
    replace: here,
  })
}
