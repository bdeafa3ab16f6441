/** Connecting a mailbox: the address, what its provider needs, a check that says precisely what is wrong, and then it is connected. Also changes one. */
import './connect.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { useEffect, useRef, useState } from 'react'
import {
  changeMailbox,
  checkMailbox,
  connectMailbox,
  grantAccess,
  mailboxes,
  preset,
} from '../../contract/mailboxes.ts'
import { Bones, ErrorState, ForbiddenState } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { AddressForm } from './AddressForm.tsx'
import { CheckResult } from './CheckResult.tsx'
import { type Draft, draftOf, emptyDraft, type Preset, settingsOf, withPreset } from './draft.ts'
import { MailboxForm } from './MailboxForm.tsx'
import { mailboxesQuery } from './queries.ts'

const connectRoute = getRouteApi('/desk/settings/mailboxes/connect')
const changeRoute = getRouteApi('/desk/settings/mailboxes/$mailboxId')

export function ConnectPage() {
  const me = useMe()
  const given = connectRoute.useSearch().address ?? ''
  const [draft, setDraft] = useState<Draft>(() => emptyDraft(given, me.installation.name, me.teams[0]?.id ?? ''))
  const [found, setFound] = useState<Preset | null>(null)
  const looking = useMutation({
    mutationFn: (from: Draft) => ask(preset, { address: from.address.trim() }),
    onSuccess: (settings, from) => {
      setFound(settings)
      setDraft(withPreset(emptyDraft(from.address.trim(), from.fromName, from.teamId), settings))
    },
  })
  const begun = useRef(false)
  useEffect(() => {
    if (!given || begun.current) return
    begun.current = true
    looking.mutate(draft)
  }, [given, draft, looking])
  return (
    <Subject
      subject={t('subjects:mailboxes.name')}
      title={found ? t('settings:connect.titleOf', { address: draft.address }) : t('settings:connect.title')}
      lead={t('settings:connect.lead')}
    >
      {found ? (
        <Settling draft={draft} setDraft={setDraft} advice={found.advice} offered={found.oauth} />
      ) : (
        <AddressForm
          draft={draft}
          setDraft={setDraft}
          busy={looking.isPending}
          error={looking.error}
          look={() => looking.mutate(draft)}
        />
      )}
    </Subject>
  )
}

export function ChangePage() {
  const { mailboxId } = changeRoute.useParams()
  const asked = useQuery(mailboxesQuery)
  const box = asked.data?.mailboxes.find(({ id }) => id === mailboxId)
  const [draft, setDraft] = useState<Draft | null>(null)
  useEffect(() => {
    if (box) setDraft(before => before ?? draftOf(box))
  }, [box])
  return (
    <Subject
      subject={t('subjects:mailboxes.name')}
      title={box?.address ?? t('subjects:mailboxes.name')}
      lead={box && t('settings:connect.changeLead')}
    >
      {asked.isPending && <Bones shape="list" />}
      {asked.isError && !asked.data && <ErrorState asked={asked} />}
      {asked.isSuccess && !box && <ForbiddenState />}
      {draft && box && (
        <Settling
          draft={draft}
          setDraft={next => setDraft(before => (typeof next === 'function' ? next(before ?? draft) : next))}
          mailboxId={box.id}
          offered={box.oauth}
          advice={null}
        />
      )}
    </Subject>
  )
}

type SettlingProps = {
  draft: Draft
  setDraft: (next: Draft | ((before: Draft) => Draft)) => void
  mailboxId?: string
  offered: 'google' | 'microsoft' | null
  advice: string | null
}

/** Fields on one side, the check on the other. */
function Settling({ draft, setDraft, mailboxId, offered, advice }: SettlingProps) {
  const me = useMe()
  const navigate = useNavigate()
  const [tests, setTests] = useState(false)
  const checking = useMutation({
    mutationFn: (from: Draft) =>
      ask(checkMailbox, {
        ...settingsOf(from),
        ...(mailboxId ? { mailboxId } : {}),
        ...(tests ? { sendTo: me.address } : {}),
      }),
  })
  const saving = useMutation({
    mutationFn: (from: Draft) =>
      mailboxId ? ask(changeMailbox, { ...settingsOf(from), mailboxId }) : ask(connectMailbox, settingsOf(from)),
    onSuccess: async ({ mailbox }) => {
      renew(cache, mailboxes)
      if (draft.oauth) {
        const { address } = await ask(grantAccess, { mailboxId: mailbox.id })
        location.assign(address)
        return
      }
      notice({
        title: t(mailboxId ? 'settings:connect.changed' : 'settings:connect.connected', { address: mailbox.address }),
        detail: mailboxId ? undefined : t('settings:connect.connectedNote'),
      })
      void navigate({ to: '/settings/mailboxes' })
    },
    onError: error => noticeFailure(error),
  })
  const checked = checking.data && checking.variables === draft
  const change = (next: Draft) => setDraft(next)
  const again = (next: Draft) => {
    setDraft(next)
    checking.mutate(next)
  }
  const wrong = checking.error ?? saving.error
  return (
    <div className="connect">
      <MailboxForm
        draft={draft}
        change={change}
        steps={checking.data?.steps}
        folders={checking.data?.folders}
        about={path => (wrong instanceof Problem ? wrong.about(path) : undefined)}
        stored={mailboxId !== undefined}
        offered={offered}
        advice={advice}
        tests={tests}
        setTests={setTests}
        check={() => checking.mutate(draft)}
        checking={checking.isPending}
        works={Boolean(checked && checking.data?.works)}
        checkedOnce={checking.data !== undefined}
        save={without => saving.mutate(without ? { ...draft, sends: false } : draft)}
        saving={saving.isPending}
      />
      <div aria-live="polite">
        <Refused error={checking.error} title={t('settings:check.failed')} safe={t('settings:check.failedSafe')} />
        <Refused error={saving.error} title={t('settings:connect.failed')} safe={t('settings:connect.failedSafe')} />
        {checking.isPending && <Checking />}
        {checking.data && !checking.isPending && (
          <CheckResult
            result={checking.data}
            stale={!checked}
            draft={checking.variables}
            fix={port =>
              again({ ...draft, smtp: { ...draft.smtp, port, security: port === '587' ? 'starttls' : 'tls' } })
            }
          />
        )}
      </div>
    </div>
  )
}

function Checking() {
  return (
    <section className="check" aria-label={t('settings:check.label')}>
      <p className="section">{t('settings:check.running')}</p>
      <p className="small muted">{t('settings:check.runningNote')}</p>
    </section>
  )
}
