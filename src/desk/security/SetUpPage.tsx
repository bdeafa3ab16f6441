/** A second factor is asked for and not there yet: it is set up here, and nothing else opens. */
import '../settings/settings.css'
import { useRouter } from '@tanstack/react-router'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { useMe } from '../session/me.ts'
import { Outside, Saying } from '../session/Outside.tsx'
import { signOutHere } from '../session/signOut.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { Factors } from './Factors.tsx'

export function SetUpPage() {
  const me = useMe()
  const router = useRouter()
  usePageTitle(t('security:setUp.title'))
  return (
    <Outside name={me.installation.name} beside={<Saying />}>
      <h1 className="title">{t(me.mustSetUp ? 'security:setUp.title' : 'security:setUp.done')}</h1>
      {me.mustSetUp && <p className="muted">{t('security:setUp.lead')}</p>}
      <p className="acts alone">
        {me.mustSetUp ? (
          <Button kind="quiet" onClick={() => void signOutHere()}>
            {t('security:setUp.signOut')}
          </Button>
        ) : (
          <Button kind="primary" onClick={() => router.history.replace('/')}>
            {t('security:setUp.goOn')}
          </Button>
        )}
      </p>
      <Factors />
    </Outside>
  )
}
