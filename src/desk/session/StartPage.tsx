/** How would you like to begin: the sample organisation, or one's own mail. Neither closes the other. */
import '../../words/settings.ts'
import './start.css'
import { IconMail, IconPackageImport, IconShieldCheck, IconUserPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useState } from 'react'
import { addSample } from '../../contract/sample.ts'
import { Button, firstName, Portrait } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { cache } from '../cache.ts'
import { beginLive } from '../live.ts'
import { ImportPanel } from '../mailboxes/ImportPanel.tsx'
import { InviteDialog } from '../settings/InviteDialog.tsx'
import { Mark } from '../shell/Mark.tsx'
import { Notices } from '../shell/Notices.tsx'
import { noticeFailure } from '../shell/notices.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { useMe } from './me.ts'

export function StartPage() {
  const me = useMe()
  usePageTitle(me.installation.name)
  useEffect(() => beginLive(), [])
  return (
    <main className="start" id="page">
      <p className="brand">
        <Mark />
        {me.installation.name}
        <span className="who-am-i small">
          <Portrait name={me.name} us size="s" />
          <span>{me.name}</span>
        </span>
      </p>
      <h1 className="title">{t('session:start.title', { name: firstName(me.name) })}</h1>
      <p className="muted">{t('session:start.lead')}</p>
      <div className="two">
        <Sample />
        <section>
          <h2>{t('session:start.oursTitle')}</h2>
          <p>{t('session:start.oursWords', { name: me.installation.name })}</p>
          <Paths />
        </section>
      </div>
      <p className="foot small">
        <span>{t('session:start.foot')}</span>
        <Link to="/" className="go link">
          {t('session:start.toToday')}
        </Link>
      </p>
      <Notices />
    </main>
  )
}

function Sample() {
  const me = useMe()
  const navigate = useNavigate()
  const adding = useMutation({
    mutationFn: () => (me.installation.sample ? Promise.resolve(null) : ask(addSample, {})),
    onSuccess: async () => {
      await cache.invalidateQueries()
      void navigate({ to: '/' })
    },
    onError: error => noticeFailure(error),
  })
  return (
    <section>
      <h2>{t('session:start.sampleTitle')}</h2>
      <p>{t('session:start.sampleWords')}</p>
      <ol className="peek" aria-label={t('session:start.peek')}>
        {(['warm', 'accent', ''] as const).map((tone, at) => (
          <li key={tone} data-tone={tone || undefined}>
            <span>
              <span className="at">{t(`session:start.peek${at + 1}.when`)}</span>
              <span className="small">{t(`session:start.peek${at + 1}.late`)}</span>
            </span>
            <p className="w">{t(`session:start.peek${at + 1}.words`)}</p>
          </li>
        ))}
      </ol>
      <Button busy={adding.isPending} onClick={() => adding.mutate()} className="big">
        {t(me.installation.sample ? 'session:start.sampleOn' : 'session:start.openSample')}
      </Button>
      <p className="small muted keep">
        <IconShieldCheck size={17} stroke={1.6} aria-hidden="true" />
        {t(me.installation.sample ? 'session:start.sampleHere' : 'session:start.sampleSafe')}
      </p>
    </section>
  )
}

function Path({ icon, title, note, children }: { icon: ReactNode; title: string; note: string; children: ReactNode }) {
  return (
    <li>
      {icon}
      <div>
        <h3 className="h">{title}</h3>
        <p className="small muted">{note}</p>
        {children}
      </div>
    </li>
  )
}

const shape = { size: 20, stroke: 1.6, 'aria-hidden': true } as const

function Paths() {
  const navigate = useNavigate()
  const [address, setAddress] = useState('')
  const [invited, setInvited] = useState('')
  const [inviting, setInviting] = useState(false)
  return (
    <ol className="paths">
      <Path icon={<IconMail {...shape} />} title={t('session:start.connect')} note={t('session:start.connectNote')}>
        <form
          className="say"
          onSubmit={event => {
            event.preventDefault()
            void navigate({ to: '/settings/mailboxes/connect', search: address ? { address: address.trim() } : {} })
          }}
        >
          <input
            className="field"
            type="email"
            required
            aria-label={t('session:start.connectLabel')}
            value={address}
            onChange={event => setAddress(event.currentTarget.value)}
          />
          <Button kind="primary" submit>
            {t('session:start.check')}
          </Button>
        </form>
      </Path>
      <Path
        icon={<IconPackageImport {...shape} />}
        title={t('session:start.bring')}
        note={t('session:start.bringNote')}
      >
        <ImportPanel />
      </Path>
      <Path icon={<IconUserPlus {...shape} />} title={t('session:start.invite')} note={t('session:start.inviteNote')}>
        <form
          className="say"
          onSubmit={event => {
            event.preventDefault()
            setInviting(true)
          }}
        >
          <input
            className="field"
            type="email"
            required
            aria-label={t('session:start.inviteLabel')}
            value={invited}
            onChange={event => setInvited(event.currentTarget.value)}
          />
          <Button submit>{t('session:start.inviteAct')}</Button>
        </form>
        {inviting && <InviteDialog address={invited.trim()} onClose={() => setInviting(false)} />}
      </Path>
    </ol>
  )
}
