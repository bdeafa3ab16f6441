/** What history says of follow-ups and options that were answered outside. Pure, but for the catalogue; null: somebody else's event. */
import type { ConversationView } from '../../contract/conversations.ts'
import { firstName } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

type Facts = Record<string, unknown>
type Told = {
  kind: string
  facts: Facts
  view: ConversationView
  who: string
  voice: 'you' | 'they'
  byMember: boolean
}

export function outsideWords({ kind, facts, view, who, voice, byMember }: Told): string | null {
  const name = firstName(view.customer.name)
  const gaps = { name, who, option: optionIn(view, facts.optionId) }
  switch (kind) {
    case 'options.picked':
    case 'options.refused': {
      const how = kind === 'options.picked' ? 'picked' : 'none'
      return byMember ? t(`options:happened.${how}For.${voice}`, gaps) : t(`options:happened.${how}`, gaps)
    }
    case 'options.withdrawn':
      return t(`options:happened.withdrawn.${voice}`, gaps)
    case 'follow-up.put-off':
      return t('options:happened.putOff', gaps)
    case 'follow-up.not-asked':
      return t(`options:happened.notAsked.${facts.because === 'opted-out' ? 'optedOut' : 'limit'}`, gaps)
    case 'follow-up.judged':
      return facts.way === 'link' ? t(`options:happened.judged.${String(facts.verdict)}`, gaps) : null
    default:
      return null
  }
}

/** In the words of the offer, where its message is on the screen. */
function optionIn({ messages }: ConversationView, optionId: unknown): string {
  const options = messages.flatMap(({ offer }) => offer?.options ?? [])
  return options.find(({ id }) => id === optionId)?.words ?? t('options:happened.one')
}
