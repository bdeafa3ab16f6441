/** The first account: who they are and what the organisation is called. Nothing is sent anywhere. */
import { useMutation } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { type FormEvent, useState } from 'react'
import * as session from '../../contract/session.ts'
import { Button, Choice, clock, device, Field, longDay, useNow } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem } from '../api.ts'
import { enter } from './enter.ts'
import { Outside } from './Outside.tsx'
import { PasswordField } from './PasswordField.tsx'
import { Refused } from './Refused.tsx'
import { zones } from './zones.ts'

export function FirstAccount({ token }: { token: string }) {
  const router = useRouter()
  const [given, setGiven] = useState({ name: '', address: '', organisation: '', password: '', zone: device.zone })
  const set = (name: keyof typeof given) => (value: string) => setGiven(before => ({ ...before, [name]: value }))
  const making = useMutation({
    mutationFn: () =>
      ask(session.becomeFirstAdministrator, { token, ...given, language: navigator.language.split('-')[0] ?? 'en' }),
    onSuccess: ({ me }) => {
      enter(me)
      router.history.replace('/start')
    },
  })
  const about = (path: string) => (making.error instanceof Problem ? making.error.about(path) : undefined)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    making.mutate()
  }
  return (
    <Outside name={undefined} stays beside={<WhatComes />} foot={t('session:first.foot')}>
      <h1 className="title">{t('session:first.title')}</h1>
      <p className="muted">{t('session:first.lead')}</p>
      <form onSubmit={submit}>
        <Refused error={making.error} title={t('session:first.failed')} />
        <Field
          label={t('session:first.name')}
          autoComplete="name"
          required
          autoFocus
          maxLength={300}
          value={given.name}
          error={about('name')}
          onChange={event => set('name')(event.currentTarget.value)}
        />
        <Field
          label={t('session:address')}
          type="email"
          autoComplete="email"
          required
          value={given.address}
          error={about('address')}
          onChange={event => set('address')(event.currentTarget.value)}
        />
        <Field
          label={t('session:first.organisation')}
          autoComplete="organization"
          required
          maxLength={200}
          help={t('session:first.organisationHelp')}
          value={given.organisation}
          error={about('organisation')}
          onChange={event => set('organisation')(event.currentTarget.value)}
        />
        <PasswordField value={given.password} onChange={set('password')} error={about('password')} />
        <ZoneLine zone={given.zone} onChange={set('zone')} />
        <p className="acts">
          <Button kind="primary" submit busy={making.isPending}>
            {t('session:first.act')}
          </Button>
        </p>
      </form>
    </Outside>
  )
}

function ZoneLine({ zone, onChange }: { zone: string; onChange: (zone: string) => void }) {
  const [asked, setAsked] = useState(false)
  const now = useNow()
  const place = { zone, language: device.language }
  if (asked)
    return (
      <Choice label={t('session:first.zone')} value={zone} onChange={event => onChange(event.currentTarget.value)}>
        {zones(zone).map(name => (
          <option key={name}>{name}</option>
        ))}
      </Choice>
    )
  return (
    <p className="small muted">
      {t('session:first.zoneLine', { day: longDay(now, place), time: clock(now, place), zone })}{' '}
      <button type="button" className="link" onClick={() => setAsked(true)}>
        {t('session:first.notSo')}
      </button>
    </p>
  )
}

function WhatComes() {
  return (
    <>
      <div className="ways">
        <h2>{t('session:next.title')}</h2>
        <ol>
          {['who', 'look', 'connect', 'see'].map((step, at) => (
            <li key={step} className={at === 0 ? 'on' : undefined}>
              <span className="t">{t(`session:next.${step}.when`)}</span>
              <div>
                <p className="w">{t(`session:next.${step}.what`)}</p>
                <p className="small">{t(`session:next.${step}.more`)}</p>
              </div>
            </li>
          ))}
        </ol>
      </div>
      <p className="foot">{t('session:next.foot')}</p>
    </>
  )
}
