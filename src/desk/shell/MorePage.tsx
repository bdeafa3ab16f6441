/** What a phone's tabs have no room for. */
import { IconKeyboard, IconLogout, IconSettings } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Portrait } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { CareLinks } from '../relationship/care/CareLinks.tsx'
import { useMe } from '../session/me.ts'
import { signOutHere } from '../session/signOut.ts'
import { countWords } from './counts.ts'
import { openKeys } from './overlays.ts'
import { countsQuery } from './Rail.tsx'
import { RailViews } from './RailViews.tsx'
import { WholeLinks } from './WholeLinks.tsx'

export function MorePage() {
  const me = useMe()
  const { data } = useQuery(countsQuery)
  return (
    <main className="page more" id="page">
      <h1 className="title">{me.installation.name}</h1>
      <nav aria-label={t('desk:nav.more')}>
        <Link to="/promises" search={{}}>
          {t('desk:nav.promises')}
        </Link>
        <Link to="/inbox/$view" params={{ view: 'pending' }} search={{}}>
          {t('desk:nav.waiting')} <span className="n">{countWords(data?.pending)}</span>
        </Link>
        <Link to="/inbox/$view" params={{ view: 'unowned' }} search={{}}>
          {t('desk:nav.nobody')} <span className="n">{countWords(data?.unowned)}</span>
        </Link>
        {me.teams.map(team => (
          <Link key={team.id} to="/inbox/$view" params={{ view: 'open' }} search={{ team: team.id }}>
            {team.name}
          </Link>
        ))}
        <RailViews most={40} />
        <WholeLinks />
        <CareLinks />
        <hr />
        <Link to="/settings">
          <IconSettings className="i" aria-hidden="true" /> {t('desk:nav.settings')}
        </Link>
        <button type="button" onClick={() => openKeys()}>
          <IconKeyboard className="i" aria-hidden="true" /> {t('desk:nav.keys')}
        </button>
        <Link to="/settings/account">
          <Portrait name={me.name} us size="s" /> {me.name}
        </Link>
        <button type="button" onClick={() => void signOutHere()}>
          <IconLogout className="i flips" aria-hidden="true" /> {t('desk:nav.signOut')}
        </button>
      </nav>
    </main>
  )
}
