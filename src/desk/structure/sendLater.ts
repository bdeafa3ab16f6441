/** Puts a reply aside for its time: shown in the stream until then, taken back into the composer by undo. */
import type { ConversationView, NextStep } from '../../contract/conversations.ts'
import type { AlsoPromised } from '../../contract/ledger.ts'
import type { NewOffer } from '../../contract/options.ts'
import * as contract from '../../contract/structure.ts'
import type { Place } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask } from '../api.ts'
import { whenWords } from '../compose/whenWords.ts'
import { backToDraft } from './backToDraft.ts'
import { renewAll } from './structureQuery.ts'
import { noticeWithUndo } from './undone.ts'

type Written = {
  html: string
  to: { address: string }[]
  cc: { address: string }[]
  nextStep: NextStep
  options?: NewOffer | undefined
  used: string[]
  promised: AlsoPromised[]
  files: string[]
  seenVersion: number
  choices: Record<string, unknown>
}

/** Rejects with the server's Problem. */
export async function sendLater(view: ConversationView, me: string, written: Written, sendAt: string, place: Place) {
  const { laterId } = await ask(contract.sendLater, {
    conversationId: view.id,
    seenVersion: written.seenVersion,
    body: written.html,
    recipients: { to: written.to.map(({ address }) => address), cc: written.cc.map(({ address }) => address) },
    nextStep: written.nextStep,
    attachments: written.files,
    options: written.options ?? null,
    used: written.used,
    promised: written.promised,
    sendAt,
    choices: written.choices,
  })
  renewAll()
  noticeWithUndo(
    t('structure:sendLater.done', { when: whenWords(sendAt, place) }),
    view.subject,
    () => void backToDraft(view, me, laterId),
  )
}
