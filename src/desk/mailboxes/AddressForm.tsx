/** The first step of connecting: which address, and which team answers there. */
import { useQuery } from '@tanstack/react-query'
import { Button, Choice, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { Refused } from '../session/Refused.tsx'
import type { Draft } from './draft.ts'
import { teamsQuery } from './queries.ts'

type Props = { draft: Draft; setDraft: (draft: Draft) => void; busy: boolean; error: Error | null; look: () => void }

export function AddressForm({ draft, setDraft, busy, error, look }: Props) {
  const teams = useQuery(teamsQuery)
  return (
    <form
      className="form first-step"
      onSubmit={event => {
        event.preventDefault()
        look()
      }}
    >
      <Refused error={error} title={t('settings:connect.notFound')} />
      <Field
        label={t('settings:connect.address')}
        help={t('settings:connect.addressHelp')}
        type="email"
        required
        autoFocus
        value={draft.address}
        onChange={event => setDraft({ ...draft, address: event.currentTarget.value })}
      />
      <Field
        label={t('settings:connect.fromName')}
        help={t('settings:connect.fromNameHelp')}
        required
        maxLength={200}
        value={draft.fromName}
        onChange={event => setDraft({ ...draft, fromName: event.currentTarget.value })}
      />
      {teams.data && teams.data.teams.length > 1 && (
        <Choice
          label={t('settings:connect.team')}
          value={draft.teamId}
          onChange={event => setDraft({ ...draft, teamId: event.currentTarget.value })}
        >
          {teams.data.teams.map(team => (
            <option key={team.id} value={team.id}>
              {team.name}
            </option>
          ))}
        </Choice>
      )}
      <p className="acts">
        <Button kind="primary" submit busy={busy}>
          {t('settings:connect.look')}
        </Button>
      </p>
    </form>
  )
}
