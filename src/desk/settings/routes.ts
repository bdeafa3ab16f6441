/** Where settings are, by subject: a page is one line here and one in `subjects.ts`. */
import { createRoute, lazyRouteComponent } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { type AuditAbout, AuditAbouts } from '../../contract/audit.ts'
import { deskRoute } from '../shell/routes.ts'

const settingsRoute = createRoute({
  getParentRoute: () => deskRoute,
  path: '/settings',
  component: lazyRouteComponent(() => import('./SettingsPage.tsx'), 'SettingsPage'),
})
const under = { getParentRoute: () => settingsRoute } as const

function page<const Path extends string>(path: Path, load: () => Promise<Record<string, unknown>>, name: string) {
  return createRoute({ ...under, path, component: lazyRouteComponent(load as () => Promise<Screens>, name) })
}
type Screens = Record<string, () => ReactNode>

type AuditSearch = { person?: string; about?: AuditAbout; from?: string; to?: string }

/** Only what fits: an address is written by anybody. */
function auditSearch(search: Record<string, unknown>): AuditSearch {
  const day = (value: unknown) => typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)
  return {
    ...(typeof search.person === 'string' && /^[0-9a-f-]{36}$/.test(search.person) ? { person: search.person } : {}),
    ...(AuditAbouts.includes(search.about as AuditAbout) ? { about: search.about as AuditAbout } : {}),
    ...(day(search.from) ? { from: search.from as string } : {}),
    ...(day(search.to) ? { to: search.to as string } : {}),
  }
}

const pages = [
  page('/', () => import('./SettingsPage.tsx'), 'SettingsIndex'),
  page('/account', () => import('./AccountPage.tsx'), 'AccountPage'),
  page('/notifications', () => import('../notifications/SettingsPage.tsx'), 'NotificationSettings'),
  page('/security', () => import('../security/SecurityPage.tsx'), 'SecurityPage'),
  page('/protection', () => import('../security/ProtectionPage.tsx'), 'ProtectionPage'),
  page('/people', () => import('./PeoplePage.tsx'), 'PeoplePage'),
  page('/teams', () => import('./TeamsPage.tsx'), 'TeamsPage'),
  page('/teams/$teamId', () => import('./TeamPage.tsx'), 'TeamPage'),
  page('/hours', () => import('./HoursPage.tsx'), 'HoursPage'),
  page('/absence', () => import('../sorting/AbsencePage.tsx'), 'AbsencePage'),
  page('/rules', () => import('../sorting/RulesPage.tsx'), 'RulesPage'),
  page('/spam', () => import('../sorting/SpamPage.tsx'), 'SpamPage'),
  page('/mailboxes', () => import('../mailboxes/MailboxesPage.tsx'), 'MailboxesPage'),
  createRoute({
    ...under,
    path: '/mailboxes/connect',
    validateSearch: (search: Record<string, unknown>): { address?: string } =>
      typeof search.address === 'string' ? { address: search.address } : {},
    component: lazyRouteComponent(() => import('../mailboxes/ConnectPage.tsx'), 'ConnectPage'),
  }),
  page('/mailboxes/$mailboxId', () => import('../mailboxes/ConnectPage.tsx'), 'ChangePage'),
  page('/chat', () => import('../chat/ChatPage.tsx'), 'ChatPage'),
  page('/community', () => import('../community/CommunitySettingsPage.tsx'), 'CommunitySettingsPage'),
  page('/portal', () => import('../portal/PortalPage.tsx'), 'PortalPage'),
  page('/portal/pages/$pageId', () => import('../portal/OwnPage.tsx'), 'OwnPage'),
  page('/tags', () => import('../marks/TagsPage.tsx'), 'TagsPage'),
  page('/fields', () => import('../marks/FieldsPage.tsx'), 'FieldsPage'),
  page('/saved-replies', () => import('../saved-replies/SavedRepliesPage.tsx'), 'SavedRepliesPage'),
  page('/saved-replies/$savedReplyId', () => import('../saved-replies/SavedReplyPage.tsx'), 'SavedReplyPage'),
  page('/signatures', () => import('../saved-replies/SignaturesPage.tsx'), 'SignaturesPage'),
  page('/care', () => import('../relationship/care/CareSettingsPage.tsx'), 'CareSettingsPage'),
  page('/goodwill', () => import('../goodwill/GoodwillSettingsPage.tsx'), 'GoodwillSettingsPage'),
  page('/roles', () => import('../keeping/RightsPage.tsx'), 'RightsPage'),
  page('/look', () => import('../keeping/LookPage.tsx'), 'LookPage'),
  page('/retention', () => import('../keeping/RetentionPage.tsx'), 'RetentionPage'),
  page('/backups', () => import('../keeping/BackupsPage.tsx'), 'BackupsPage'),
  createRoute({
    ...under,
    path: '/audit',
    validateSearch: auditSearch,
    component: lazyRouteComponent(() => import('../keeping/AuditPage.tsx'), 'AuditPage'),
  }),
  page('/health', () => import('../quarantine/HealthPage.tsx'), 'HealthPage'),
] as const

export const settingsRoutes = [settingsRoute.addChildren(pages)] as const
