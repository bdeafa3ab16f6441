/** Going to people, to the pond and to Insight, for those who may open them. */
import {
  IconAddressBook,
  IconBook2,
  IconChartBar,
  IconMessageQuestion,
  IconMessages,
  IconRipple,
} from '@tabler/icons-react'
import type { Me } from '../../contract/session.ts'
import { t } from '../../words/catalogue.ts'
import type { Action } from './actions.ts'
import { servesSomewhere } from './serves.ts'

export function wholeActions(
  me: Me,
  go: (path: '/people' | '/pond' | '/insight' | '/asked-again' | '/knowledge' | '/community') => void,
): Action[] {
  const serves = servesSomewhere(me)
  const people: Action = {
    id: 'go-people',
    label: t('desk:nav.people'),
    keys: 'g k',
    group: 'go',
    icon: IconAddressBook,
    run: () => go('/people'),
  }
  const pond: Action = {
    id: 'go-pond',
    label: t('desk:nav.pond'),
    keys: 'g p',
    group: 'go',
    icon: IconRipple,
    run: () => go('/pond'),
  }
  const insight: Action = {
    id: 'go-insight',
    label: t('desk:nav.insight'),
    group: 'go',
    icon: IconChartBar,
    run: () => go('/insight'),
  }
  const again: Action = {
    id: 'go-asked-again',
    label: t('desk:nav.again'),
    group: 'go',
    icon: IconMessageQuestion,
    run: () => go('/asked-again'),
  }
  const knowledge: Action = {
    id: 'go-knowledge',
    label: t('desk:nav.knowledge'),
    group: 'go',
    icon: IconBook2,
    run: () => go('/knowledge'),
  }
  const community: Action = {
    id: 'go-community',
    label: t('desk:nav.community'),
    group: 'go',
    icon: IconMessages,
    run: () => go('/community'),
  }
  const reads = me.administrator || me.teams.some(({ role }) => role !== 'partner')
  return [
    ...(reads ? [knowledge, community] : []),
    ...(serves ? [people, pond, again] : []),
    ...(serves || me.administrator ? [insight] : []),
  ]
}
