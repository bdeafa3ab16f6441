/** The members of this installation: who they are and what they may do, looked up by name, address, team or role; inviting one or several. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { membersQuery } from '../mailboxes/queries.ts'
import { InviteDialog } from './InviteDialog.tsx'
import { InviteSeveral } from './InviteSeveral.tsx'
import { type Member, PersonRow } from './PersonRow.tsx'
import { SampleBlock } from './SampleBlock.tsx'
import { Waits } from './Section.tsx'
import { Subject } from './SettingsPage.tsx'

export function PeoplePage() {
  const asked = useQuery(membersQuery)
  const [inviting, setInviting] = useState<'one' | 'several' | null>(null)
  const [looked, look] = useState('')
  const shown = (asked.data?.members ?? []).filter(member => isFound(member, looked))
  return (
    <Subject
      subject={t('subjects:people.name')}
      title={t('settings:people.title')}
      lead={t('settings:people.lead')}
      act={
        <span className="acts">
          <Button onClick={() => setInviting('several')}>{t('settings:several.open')}</Button>
          <Button kind="primary" onClick={() => setInviting('one')}>
            {t('settings:people.invite')}
          </Button>
        </span>
      }
    >
      <Waits asked={asked} />
      {asked.data && (
        <div className="look-up">
          <Field
            label={t('settings:people.find')}
            hideLabel
            type="search"
            placeholder={t('settings:people.find')}
            value={looked}
            onChange={event => look(event.currentTarget.value)}
          />
        </div>
      )}
      <div role="status">
        {asked.data && shown.length === 0 && <p className="muted block">{t('settings:people.nobody')}</p>}
      </div>
      <ul className="ledge">
        {shown.map(member => (
          <PersonRow key={member.id} member={member} />
        ))}
      </ul>
      <SampleBlock />
      {inviting === 'one' && <InviteDialog onClose={() => setInviting(null)} />}
      {inviting === 'several' && <InviteSeveral onClose={() => setInviting(null)} />}
    </Subject>
  )
}

function isFound(member: Member, looked: string): boolean {
  const text = [
    member.name,
    member.address,
    member.administrator ? t('settings:people.administrator') : '',
    ...member.teams.flatMap(team => [team.name, t(`settings:role.${team.role}.name`)]),
  ]
    .join(' ')
    .toLocaleLowerCase()
  return looked
    .toLocaleLowerCase()
    .split(/\s+/)
    .every(word => text.includes(word))
}
