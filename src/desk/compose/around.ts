/** What saved replies are filled with in a conversation, as of the moment they are taken. */
import type { ConversationView } from '../../contract/conversations.ts'
import type { Me } from '../../contract/session.ts'
import { dueWords, firstNameOf, type Values } from '../../contract/variables.ts'
import type { Choices } from './nextStep.ts'

type Writer = Pick<Me, 'name' | 'installation'>

/** The time that stands in the chooser is the one that will be promised; else the promise that stands already. */
export function valuesIn(view: ConversationView, me: Writer, chosen: Pick<Choices, 'is' | 'dueAt'> | null): Values {
  const { customer } = view
  const standing = view.promises.find(
    one => one.direction === 'ours' && ['open', 'soon', 'overdue'].includes(one.state),
  )
  const due = chosen?.is === 'we-get-back' ? chosen.dueAt : (standing?.dueAt ?? null)
  return {
    ...writerValues(me),
    'customer.firstName': firstNameOf(customer.name),
    'customer.name': customer.name.includes('@') ? '' : customer.name,
    'team.name': view.team.name,
    'conversation.number': String(view.number),
    'conversation.subject': view.subject,
    'promise.due': dueWords(due, customer.language ?? me.installation.language, customer.zone ?? me.installation.zone),
  }
}

export function writerValues(me: Writer): Values {
  return { 'me.firstName': firstNameOf(me.name), 'me.name': me.name, 'installation.name': me.installation.name }
}
