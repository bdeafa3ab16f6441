/** From every page: to the check-ins, to what was given away, and to write a call down; for those who serve. */
import { IconCoffee, IconGift, IconPhone } from '@tabler/icons-react'
import type { Me } from '../../../contract/session.ts'
import { t } from '../../../words/catalogue.ts'
import type { Action } from '../../shell/actions.ts'
import { servesSomewhere } from '../../shell/serves.ts'

export function careActions(me: Me, go: (path: '/check-ins' | '/goodwill' | '/touch') => void): Action[] {
  if (!servesSomewhere(me)) return []
  return [
    {
      id: 'go-check-ins',
      label: t('desk:nav.checkIns'),
      keys: 'g c',
      group: 'go',
      icon: IconCoffee,
      run: () => go('/check-ins'),
    },
    { id: 'go-goodwill', label: t('desk:nav.goodwill'), group: 'go', icon: IconGift, run: () => go('/goodwill') },
    { id: 'touch', label: t('desk:nav.touch'), group: 'anywhere', icon: IconPhone, run: () => go('/touch') },
  ]
}
