/** Inviting a member: who they are and what they do here. The link is shown once, to be handed over where no mail goes out. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Role } from '../../contract/session.ts'
import { invite, members } from '../../contract/teams.ts'
import { Button, Choice, Dialog, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { teamsQuery } from '../mailboxes/queries.ts'
import { Refused } from '../session/Refused.tsx'
import { HandedLink } from './HandedLink.tsx'

export const roles: Role[] = ['lead', 'teammate', 'colleague', 'partner']

/** A first guess of a name from an address: "ngozi.okafor@" is "Ngozi Okafor". */
export function guessName(address: string): string {
  return (address.split('@')[0] ?? '')
    .split(/[._-]+/)
    .filter(Boolean)
    .map(part => part[0]?.toLocaleUpperCase() + part.slice(1))
    .join(' ')
}

export function InviteDialog({ address: first = '', onClose }: { address?: string; onClose: () => void }) {
  const teams = useQuery(teamsQuery)
  const [given, setGiven] = useState({
    name: guessName(first),
    address: first,
    administrator: false,
    teamId: '',
    role: 'teammate' as Role,
  })
  const teamId = given.teamId || teams.data?.teams[0]?.id
  const inviting = useMutation({
    mutationFn: () =>
      ask(invite, {
        name: given.name,
        address: given.address.trim(),
        administrator: given.administrator,
        teams: teamId && given.teamId !== 'none' ? [{ teamId, role: given.role }] : [],
      }),
    onSuccess: () => renew(cache, members),
  })
  const about = (path: string) => (inviting.error instanceof Problem ? inviting.error.about(path) : undefined)
  if (inviting.data) {
    const { member, link } = inviting.data
    return <HandedLink name={member.name} address={member.address} link={link} onClose={onClose} />
  }
  return (
    <Dialog title={t('settings:invite.title')} onClose={onClose}>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          inviting.mutate()
        }}
      >
        <Refused error={inviting.error} title={t('settings:invite.failed')} />
        <Field
          label={t('settings:invite.name')}
          required
          maxLength={300}
          value={given.name}
          error={about('name')}
          onChange={event => setGiven({ ...given, name: event.currentTarget.value })}
        />
        <Field
          label={t('session:address')}
          type="email"
          required
          value={given.address}
          error={about('address')}
          onChange={event => setGiven({ ...given, address: event.currentTarget.value })}
        />
        <div className="pair">
          <Choice
            label={t('settings:invite.team')}
            value={given.teamId || teamId || 'none'}
            onChange={event => setGiven({ ...given, teamId: event.currentTarget.value })}
          >
            {teams.data?.teams.map(team => (
              <option key={team.id} value={team.id}>
                {team.name}
              </option>
            ))}
            <option value="none">{t('settings:invite.noTeam')}</option>
          </Choice>
          <Choice
            label={t('settings:invite.role')}
            value={given.role}
            help={t(`settings:role.${given.role}.help`)}
            onChange={event => setGiven({ ...given, role: event.currentTarget.value as Role })}
          >
            {roles.map(role => (
              <option key={role} value={role}>
                {t(`settings:role.${role}.name`)}
              </option>
            ))}
          </Choice>
        </div>
        <Tick
          label={t('settings:invite.administrator')}
          help={t('settings:invite.administratorHelp')}
          checked={given.administrator}
          onChange={event => setGiven({ ...given, administrator: event.currentTarget.checked })}
        />
        <p className="acts">
          <Button kind="primary" submit busy={inviting.isPending}>
            {t('settings:invite.act')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
