/** How one signs in: second factor, password, and where one is signed in now. */
import { t } from '../../words/catalogue.ts'
import { PasswordForm } from '../settings/PasswordForm.tsx'
import { Sessions } from '../settings/Sessions.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { Factors } from './Factors.tsx'

export function SecurityPage() {
  return (
    <Subject subject={t('subjects:security.name')} title={t('security:page.title')} lead={t('security:page.lead')}>
      <Factors />
      <PasswordForm />
      <Sessions />
    </Subject>
  )
}
