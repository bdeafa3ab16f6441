/** One member among the others: roles at a glance, what stands out, and everything that can be done with their account. */
import { IconDots, IconShieldCheck } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import type { z } from 'zod'
import { resetFactors } from '../../contract/security.ts'
import { changeMember, linkForMember, type MemberView, members } from '../../contract/teams.ts'
import { Button, Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'
import { useProof } from '../security/useProof.tsx'
import { useMe } from '../session/me.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { HandedLink } from './HandedLink.tsx'
import { Confirm, Row } from './Section.tsx'

export type Member = z.infer<typeof MemberView>
type Asking = 'rest' | 'reset' | 'administrator'

export function PersonRow({ member }: { member: Member }) {
  const me = useMe()
  const [asking, setAsking] = useState<Asking | null>(null)
  const { proved, question } = useProof()
  const { id: memberId, name } = member
  const done = () => {
    setAsking(null)
    renew(cache, members)
  }
  const changing = useMutation({
    mutationFn: (change: { disabled?: boolean; administrator?: boolean }) => ask(changeMember, { memberId, ...change }),
    onSuccess: (_, change) => {
      done()
      const back = Object.fromEntries(Object.entries(change).map(([part, value]) => [part, !value]))
      notice({ title: t('settings:people.changed', { name }), onUndo: () => changing.mutate(back) })
    },
    onError: error => asking === null && noticeFailure(error),
  })
  const resetting = useMutation({
    mutationFn: () => proved(() => ask(resetFactors, { memberId })),
    onSuccess: () => {
      done()
      notice({ title: t('settings:people.resetDone', { name }) })
    },
  })
  const linking = useMutation({
    mutationFn: () => ask(linkForMember, { memberId }),
    onError: error => noticeFailure(error),
  })
  const own = memberId === me.id
  const rests = member.disabledAt !== null
  const items: MenuItem[] = rests
    ? []
    : [
        {
          label: t(member.invited ? 'settings:people.newInvitation' : 'settings:people.newLink'),
          run: () => linking.mutate(),
        },
        ...(member.secondFactor && !own
          ? [{ label: t('settings:people.resetFactor'), run: () => setAsking('reset') }]
          : []),
        ...(own
          ? []
          : [
              {
                label: t(
                  member.administrator ? 'settings:people.takeAdministration' : 'settings:people.giveAdministration',
                ),
                run: () =>
                  member.administrator ? changing.mutate({ administrator: false }) : setAsking('administrator'),
              },
              { label: t('settings:people.rest'), run: () => setAsking('rest') },
            ]),
      ]
  return (
    <Row
      icon={<Portrait name={name} us />}
      off={rests}
      acts={
        rests ? (
          <Button busy={changing.isPending} onClick={() => changing.mutate({ disabled: false })}>
            {t('settings:people.wake')}
          </Button>
        ) : (
          <Menu
            label={t('settings:people.more', { name })}
            position="bottom-end"
            items={items}
            target={
              <button type="button" className="icon" aria-label={t('settings:people.more', { name })}>
                <IconDots size={18} aria-hidden="true" />
              </button>
            }
          />
        )
      }
    >
      <Standing member={member} />
      {linking.data && (
        <HandedLink {...{ name, address: member.address, link: linking.data.link }} onClose={() => linking.reset()} />
      )}
      {asking === 'rest' && (
        <Confirm
          title={t('settings:people.restTitle', { name })}
          act={t('settings:people.restAct')}
          failed={t('settings:people.restFailed')}
          doing={changing}
          onAct={() => changing.mutate({ disabled: true })}
          onClose={() => setAsking(null)}
        >
          <p>{t('settings:people.restLead')}</p>
          <p>
            {member.owns > 0 ? t('settings:people.owns', { count: member.owns }) : t('settings:people.ownsNone')}{' '}
            {member.owns > 0 && t('settings:people.covered')}
          </p>
        </Confirm>
      )}
      {asking === 'reset' && (
        <Confirm
          title={t('settings:people.resetTitle', { name })}
          act={t('settings:people.resetAct')}
          failed={t('settings:people.resetFailed')}
          doing={resetting}
          onAct={() => resetting.mutate()}
          onClose={() => setAsking(null)}
        >
          <p>{t('settings:people.resetLead')}</p>
        </Confirm>
      )}
      {asking === 'administrator' && (
        <Confirm
          title={t('settings:people.giveTitle', { name })}
          act={t('settings:people.giveAdministration')}
          failed={t('settings:people.resetFailed')}
          doing={changing}
          danger={false}
          onAct={() => changing.mutate({ administrator: true })}
          onClose={() => setAsking(null)}
        >
          <p>{t('settings:people.giveLead')}</p>
        </Confirm>
      )}
      {question}
    </Row>
  )
}

function Standing({ member }: { member: Member }) {
  const roles = member.teams.map(team =>
    t('settings:people.inTeam', { role: t(`settings:role.${team.role}.name`), team: team.name }),
  )
  if (member.administrator) roles.unshift(t('settings:people.administrator'))
  return (
    <>
      <p>
        <span className="strong">{member.name}</span> <span className="muted">{member.address}</span>
      </p>
      <p className="small muted">
        {roles.join(' · ') || t('settings:people.noTeam')}
        {member.secondFactor && (
          <span className="with-icon">
            {' · '}
            <IconShieldCheck size={15} stroke={1.7} aria-hidden="true" /> {t('settings:people.secondFactor')}
          </span>
        )}
      </p>
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
    </>
  )
}
