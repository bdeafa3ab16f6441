/** Somebody to fill variables with while nobody in particular is written to. */
import type { Me } from '../../contract/session.ts'
import { dueWords, type Values } from '../../contract/variables.ts'
import { t } from '../../words/desk.ts'
import { writerValues } from '../compose/around.ts'

export function exampleValues(me: Me, language: string): Values {
  const name = t('saved-replies:example.name')
  return {
    ...writerValues(me),
    'customer.firstName': name.split(' ')[0] ?? name,
    'customer.name': name,
    'team.name': me.teams[0]?.name ?? t('saved-replies:example.team'),
    'conversation.number': '4817',
    'conversation.subject': t('saved-replies:example.subject'),
    'promise.due': dueWords(new Date(Date.now() + 86_400_000), language, me.zone ?? me.installation.zone),
  }
}
