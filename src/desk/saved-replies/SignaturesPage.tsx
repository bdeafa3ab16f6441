/** All signatures one may change: one's own, and those of the teams one leads. */
import { useQuery } from '@tanstack/react-query'
import { signatures } from '../../contract/signatures.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'
import { Subject } from '../settings/SettingsPage.tsx'
import { SignatureForm } from './SignatureForm.tsx'

export function SignaturesPage() {
  const { data } = useQuery(query(signatures, {}))
  return (
    <Subject
      subject={t('subjects:signatures.name')}
      title={t('subjects:signatures.name')}
      lead={t('saved-replies:sign.lead')}
    >
      <SignatureForm />
      {data?.teams
        .filter(team => team.mayChange)
        .map(team => (
          <SignatureForm key={team.teamId} teamId={team.teamId} />
        ))}
    </Subject>
  )
}
