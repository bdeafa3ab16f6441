/** Who must use a second factor here; asking everybody is confirmed, because it stops people at their next sign-in. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as contract from '../../contract/security.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query } from '../api.ts'
import { cache } from '../cache.ts'
import { useMe } from '../session/me.ts'
import { Radios } from '../settings/Radios.tsx'
import { Confirm, Section, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { Unproved, useProof } from './useProof.tsx'

type Asked = contract.Protection['secondFactor']
const options: Asked[] = ['nobody', 'administrators', 'everyone']
const protectionQuery = query(contract.protection, {})

export function ProtectionPage() {
  const me = useMe()
  const asked = useQuery(protectionQuery)
  const { proved, question } = useProof()
  const [wanted, setWanted] = useState<Asked | null>(null)
  const setting = useMutation({
    mutationFn: (secondFactor: Asked) => proved(() => ask(contract.setProtection, { secondFactor })),
    onMutate: () => asked.data?.secondFactor,
    onSuccess: (view, _, before) => {
      cache.setQueryData(protectionQuery.queryKey, view)
      setWanted(null)
      notice({
        title: t('desk:button.saved'),
        detail: t('security:protection.changed'),
        ...(before ? { onUndo: () => setting.mutate(before) } : {}),
      })
    },
    onError: error => (error instanceof Unproved ? undefined : noticeFailure(error)),
  })
  const view = asked.data
  const without = view ? view.members.all - view.members.with : 0
  const choose = (next: Asked) => (next === 'everyone' && without > 0 ? setWanted(next) : setting.mutate(next))
  return (
    <Subject
      subject={t('subjects:protection.name')}
      title={t('security:protection.title')}
      lead={t('security:protection.lead')}
    >
      <Waits asked={asked} />
      {view && (
        <Section title={t('security:factor.title')}>
          <Radios
            label={t('security:protection.label')}
            value={setting.isPending && !wanted ? setting.variables : view.secondFactor}
            options={options.map(option => [option, t(`security:protection.${option}`)])}
            onChange={choose}
          />
          <p className="muted spaced">
            {t('security:protection.have', { with: view.members.with, count: view.members.all })}{' '}
            {t('security:protection.haveAdministrators', {
              with: view.administrators.with,
              count: view.administrators.all,
            })}{' '}
            <Link to="/settings/people" className="link">
              {t('security:protection.people')}
            </Link>
          </p>
          {!me.secondFactor && (
            <p className="muted spaced">
              {t('security:protection.yours')}{' '}
              <Link to="/settings/security" className="link">
                {t('security:authenticator.act')}
              </Link>
            </p>
          )}
        </Section>
      )}
      {wanted && (
        <Confirm
          title={t('security:protection.confirmTitle')}
          act={t('security:protection.confirmAct')}
          failed={t('security:second.failed')}
          doing={setting}
          danger={false}
          onAct={() => setting.mutate(wanted)}
          onClose={() => setWanted(null)}
        >
          <p>{t('security:protection.confirmLead', { count: without })}</p>
        </Confirm>
      )}
      {question}
    </Subject>
  )
}
