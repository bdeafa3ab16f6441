/** The members of this installation: who they are, what they may do, inviting, a new link, putting to rest. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { changeMember, linkForMember, type MemberView, members } from '../../contract/teams.ts'
import { Bones, Button, Dialog, ErrorState, Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { membersQuery } from '../mailboxes/queries.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { noticeFailure } from '../shell/notices.ts'
import { HandedLink } from './HandedLink.tsx'
import { InviteDialog } from './InviteDialog.tsx'
import { SampleBlock } from './SampleBlock.tsx'
import { Subject } from './SettingsPage.tsx'

type Member = z.infer<typeof MemberView>

export function PeoplePage() {
  const asked = useQuery(membersQuery)
  const [inviting, setInviting] = useState(false)
  return (
    <Subject
      subject={t('subjects:people.name')}
      title={t('settings:people.title')}
      lead={t('settings:people.lead')}
      act={
        <Button kind="primary" onClick={() => setInviting(true)}>
          {t('settings:people.invite')}
        </Button>
      }
    >
      {asked.isPending && (
        <div className="block">
          <Bones shape="list" />
        </div>
      )}
      {asked.isError && !asked.data && (
        <div className="block">
          <ErrorState asked={asked} />
        </div>
      )}
      <ul className="ledge">
        {asked.data?.members.map(member => (
          <Row key={member.id} member={member} />
        ))}
      </ul>
      <SampleBlock />
      {inviting && <InviteDialog onClose={() => setInviting(false)} />}
    </Subject>
  )
}

function Row({ member }: { member: Member }) {
  const me = useMe()
  const [resting, setResting] = useState(false)
  const changing = useMutation({
    mutationFn: (change: { disabled?: boolean; administrator?: boolean }) =>
      ask(changeMember, { memberId: member.id, ...change }),
    onSuccess: () => renew(cache, members),
    onError: error => noticeFailure(error),
  })
  const linking = useMutation({
    mutationFn: () => ask(linkForMember, { memberId: member.id }),
    onError: error => noticeFailure(error),
  })
  const roles = member.teams.map(team =>
    t('settings:people.inTeam', { role: t(`settings:role.${team.role}.name`), team: team.name }),
  )
  if (member.administrator) roles.unshift(t('settings:people.administrator'))
  return (
    <li data-lead className={member.disabledAt ? 'off' : undefined}>
      <Portrait name={member.name} us />
      <div>
        <p>
          <span className="strong">{member.name}</span> <span className="muted">{member.address}</span>
        </p>
        <p className="small muted">{roles.join(' · ') || t('settings:people.noTeam')}</p>
        {member.disabledAt && (
          <p className="small muted">
            {t('settings:people.restsSince')} <Time at={member.disabledAt} />
          </p>
        )}
        {member.invited && !member.disabledAt && <p className="small muted">{t('settings:people.invited')}</p>}
        {member.expiresAt && (
          <p className="small muted">
            {t('settings:people.until')} <Time at={member.expiresAt} />
          </p>
        )}
      </div>
      <span className="acts">
        {!member.disabledAt && (
          <Button kind="quiet" busy={linking.isPending} onClick={() => linking.mutate()}>
            {t(member.invited ? 'settings:people.newInvitation' : 'settings:people.newLink')}
          </Button>
        )}
        {!member.disabledAt && member.id !== me.id && (
          <Button
            kind="quiet"
            busy={changing.isPending}
            onClick={() => changing.mutate({ administrator: !member.administrator })}
          >
            {t(member.administrator ? 'settings:people.takeAdministration' : 'settings:people.giveAdministration')}
          </Button>
        )}
        {member.id !== me.id &&
          (member.disabledAt ? (
            <Button busy={changing.isPending} onClick={() => changing.mutate({ disabled: false })}>
              {t('settings:people.wake')}
            </Button>
          ) : (
            <Button kind="quiet" onClick={() => setResting(true)}>
              {t('settings:people.rest')}
            </Button>
          ))}
      </span>
      {linking.data && (
        <HandedLink
          name={member.name}
          address={member.address}
          link={linking.data.link}
          onClose={() => linking.reset()}
        />
      )}
      {resting && <Resting member={member} onClose={() => setResting(false)} />}
    </li>
  )
}

/** Disabling ends every session at once; what they own is covered by duty or the fallback. */
function Resting({ member, onClose }: { member: Member; onClose: () => void }) {
  const resting = useMutation({
    mutationFn: () => ask(changeMember, { memberId: member.id, disabled: true }),
    onSuccess: () => {
      renew(cache, members)
      onClose()
    },
  })
  return (
    <Dialog title={t('settings:people.restTitle', { name: member.name })} onClose={onClose}>
      <p>{t('settings:people.restLead')}</p>
      <Refused error={resting.error} title={t('settings:people.restFailed')} />
      <p className="acts">
        <Button kind="danger" busy={resting.isPending} onClick={() => resting.mutate()}>
          {t('settings:people.restAct')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.cancel')}
        </Button>
      </p>
    </Dialog>
  )
}
