/** What can be done from every page: go somewhere, search, write, look at the keys, sign out. */

import { useMantineColorScheme } from '@mantine/core'
import {
  IconBell,
  IconHeartHandshake,
  IconInbox,
  IconKeyboard,
  IconLogout,
  IconMessageQuestion,
  IconMoon,
  IconPencil,
  IconSearch,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { t } from '../../words/catalogue.ts'
import { careActions } from '../relationship/care/careActions.ts'
import { useMe } from '../session/me.ts'
import { signOutHere } from '../session/signOut.ts'
import { subjectsFor } from '../settings/subjects.ts'
import { type Action, useActions } from './actions.ts'
import { openKeys, openPalette } from './overlays.ts'
import { wholeActions } from './wholeActions.ts'

export function useDeskActions() {
  const navigate = useNavigate()
  const me = useMe()
  const { setColorScheme } = useMantineColorScheme()
  const list = (view: 'mine' | 'open' | 'pending' | 'unowned', label: string, team?: string): Action => ({
    id: `go-${view}-${team ?? ''}`,
    label,
    group: 'go',
    icon: IconInbox,
    run: () => void navigate({ to: '/inbox/$view', params: { view }, search: team ? { team } : {} }),
  })
  useActions([
    {
      id: 'find',
      label: t('desk:keys.find'),
      keys: '$mod+K',
      group: 'anywhere',
      icon: IconSearch,
      inFields: true,
      hidden: true,
      run: openPalette,
    },
    {
      id: 'search',
      label: t('search:key'),
      keys: '/',
      group: 'anywhere',
      icon: IconSearch,
      run: () => void navigate({ to: '/search', search: {} }),
    },
    { id: 'keys', label: t('desk:keys.these'), keys: '?', group: 'anywhere', icon: IconKeyboard, run: openKeys },
    {
      id: 'write',
      label: t('desk:nav.write'),
      keys: 'c',
      group: 'anywhere',
      icon: IconPencil,
      run: () => void navigate({ to: '/write', search: {} }),
    },
    {
      id: 'go-today',
      label: t('desk:nav.today'),
      keys: 'g t',
      group: 'go',
      icon: IconSun,
      run: () => void navigate({ to: '/' }),
    },
    {
      id: 'go-promises',
      label: t('desk:nav.promises'),
      keys: 'g l',
      group: 'go',
      icon: IconHeartHandshake,
      run: () => void navigate({ to: '/promises', search: {} }),
    },
    { ...list('mine', t('desk:nav.inbox')), id: 'go-inbox', keys: 'g i' },
    {
      id: 'go-notifications',
      label: t('notifications:title'),
      keys: 'g n',
      group: 'go',
      icon: IconBell,
      run: () => void navigate({ to: '/notifications', search: {} }),
    },
    ...wholeActions(me, path => void navigate({ to: path })),
    {
      id: 'go-asks',
      label: t('asks:mine'),
      keys: 'g a',
      group: 'go',
      icon: IconMessageQuestion,
      run: () => void navigate({ to: '/asks' }),
    },
    list('open', t('desk:nav.everything')),
    list('pending', t('desk:nav.waiting')),
    list('unowned', t('desk:nav.nobody')),
    ...me.teams.map(team => list('open', team.name, team.id)),
    ...careActions(me, path => void navigate({ to: path })),
    {
      id: 'go-settings',
      label: t('desk:nav.settings'),
      keys: 'g s',
      group: 'go',
      icon: IconSettings,
      run: () => void navigate({ to: '/settings' }),
    },
    ...subjectsFor(me).map(
      ({ key, path }): Action => ({
        id: `settings-${key}`,
        label: t('subjects:goTo', { subject: t(`subjects:${key}.name`) }),
        group: 'go',
        icon: IconSettings,
        run: () => void navigate({ to: path }),
      }),
    ),
    {
      id: 'light',
      label: t('desk:scheme.light'),
      group: 'anywhere',
      icon: IconSun,
      run: () => setColorScheme('light'),
    },
    { id: 'dark', label: t('desk:scheme.dark'), group: 'anywhere', icon: IconMoon, run: () => setColorScheme('dark') },
    { id: 'auto', label: t('desk:scheme.auto'), group: 'anywhere', icon: IconSun, run: () => setColorScheme('auto') },
    {
      id: 'sign-out',
      label: t('desk:nav.signOut'),
      group: 'anywhere',
      icon: IconLogout,
      run: () => void signOutHere(),
    },
  ])
}
