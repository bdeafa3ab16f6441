/** The mailboxes: which address is read, how it fares, and what can be done about it. */
import { IconAlertTriangle, IconCircleCheck, IconFileImport, IconInbox, IconPlayerPause } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { z } from 'zod'
import { type MailboxView, mailboxes, pauseMailbox, removeMailbox } from '../../contract/mailboxes.ts'
import { Button, Dialog, EmptyState, Time } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { ImportPanel } from './ImportPanel.tsx'
import { mailboxesQuery } from './queries.ts'

type Box = z.infer<typeof MailboxView>

export function MailboxesPage() {
  const asked = useQuery(mailboxesQuery)
  const boxes = asked.data?.mailboxes ?? []
  const connect = (
    <Link to="/settings/mailboxes/connect" search={{}} className="btn" data-primary>
      {t('settings:mailboxes.connect')}
    </Link>
  )
  return (
    <Subject
      subject={t('subjects:mailboxes.name')}
      title={t('settings:mailboxes.title')}
      lead={t('settings:mailboxes.lead')}
      act={boxes.length > 0 ? connect : undefined}
    >
      <Waits asked={asked} />
      {asked.isSuccess && boxes.length === 0 && (
        <div className="block">
          <EmptyState title={t('settings:mailboxes.empty')} acts={connect}>
            {t('settings:mailboxes.emptyLead')}
          </EmptyState>
        </div>
      )}
      <ul className="ledge">
        {boxes.map(box => (
          <Row key={box.id} box={box} />
        ))}
      </ul>
      {asked.isSuccess && (
        <section className="block">
          <h2 className="section">{t('settings:import.title')}</h2>
          <p className="small muted note">{t('settings:import.lead')}</p>
          <ImportPanel />
        </section>
      )}
    </Subject>
  )
}

function Row({ box }: { box: Box }) {
  const [removing, setRemoving] = useState(false)
  const pausing = useMutation({
    mutationFn: (paused: boolean) => ask(pauseMailbox, { mailboxId: box.id, paused }),
    onSuccess: (_, paused) => {
      notice({
        title: t(paused ? 'settings:mailboxes.paused' : 'settings:mailboxes.resumed', { address: box.address }),
      })
      renew(cache, mailboxes)
    },
    onError: error => noticeFailure(error),
  })
  const fetched = box.receiveBy === 'imap'
  return (
    <li data-lead className={box.pausedAt ? 'off' : undefined}>
      {box.receiveBy === 'import' ? (
        <IconFileImport size={20} stroke={1.5} aria-hidden="true" />
      ) : (
        <IconInbox size={20} stroke={1.5} aria-hidden="true" />
      )}
      <div>
        <p className="w">{box.address}</p>
        <p className="small muted">
          {t(`settings:mailboxes.by.${box.receiveBy}`)} · {box.teamName}
          {box.sample && ` · ${t('desk:nav.sample')}`}
          {box.waiting > 0 && ` · ${t('settings:mailboxes.waiting', { count: box.waiting })}`}
        </p>
        <Health box={box} />
      </div>
      <span className="acts">
        {box.receiveBy !== 'import' && (
          <Link to="/settings/mailboxes/$mailboxId" params={{ mailboxId: box.id }} className="btn">
            {t(box.alert ? 'settings:mailboxes.repair' : 'settings:mailboxes.change')}
          </Link>
        )}
        {fetched && (
          <Button kind="quiet" busy={pausing.isPending} onClick={() => pausing.mutate(!box.pausedAt)}>
            {t(box.pausedAt ? 'settings:mailboxes.resume' : 'settings:mailboxes.pause')}
          </Button>
        )}
        <Button kind="quiet" onClick={() => setRemoving(true)}>
          {t('desk:button.remove')}
        </Button>
      </span>
      {removing && <Removal box={box} onClose={() => setRemoving(false)} />}
    </li>
  )
}

function Health({ box }: { box: Box }) {
  if (box.pausedAt)
    return (
      <p className="health">
        <IconPlayerPause size={16} stroke={1.6} aria-hidden="true" />
        {t('settings:mailboxes.pausedSince')} <Time at={box.pausedAt} />
      </p>
    )
  if (box.alert)
    return (
      <>
        <p className="health" data-c="bad">
          <IconAlertTriangle size={16} stroke={1.6} aria-hidden="true" />
          <span>
            {whatIsWrong(box.alert)}
            {box.alertSince && (
              <>
                {' '}
                {t('settings:mailboxes.since')} <Time at={box.alertSince} />
              </>
            )}
          </span>
        </p>
        {box.alertDetail && (
          <p className="small muted said">{t('settings:mailboxes.said', { words: box.alertDetail })}</p>
        )}
      </>
    )
  if (box.receiveBy !== 'imap') return null
  return (
    <p className="health" data-c="good">
      <IconCircleCheck size={16} stroke={1.6} aria-hidden="true" />
      {box.lastGoodPollAt ? (
        <span>
          {t('settings:mailboxes.read')} <Time at={box.lastGoodPollAt} />
        </span>
      ) : (
        t('settings:mailboxes.notYet')
      )}
    </p>
  )
}

function Removal({ box, onClose }: { box: Box; onClose: () => void }) {
  const removing = useMutation({
    mutationFn: () => ask(removeMailbox, { mailboxId: box.id }),
    onSuccess: () => {
      notice({ title: t('settings:mailboxes.removed', { address: box.address }) })
      renew(cache, mailboxes)
      onClose()
    },
  })
  return (
    <Dialog title={t('settings:mailboxes.removeTitle', { address: box.address })} onClose={onClose}>
      <p>{t('settings:mailboxes.removeLead')}</p>
      <Refused error={removing.error} title={t('settings:mailboxes.removeFailed')} />
      <p className="acts">
        <Button kind="danger" busy={removing.isPending} onClick={() => removing.mutate()}>
          {t('settings:mailboxes.removeAct')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.cancel')}
        </Button>
      </p>
    </Dialog>
  )
}

/** Trouble with sending carries `smtp-` before what is wrong. */
function whatIsWrong(alert: string): string {
  const code = alert.replace(/^smtp-/, '')
  const why = t(`settings:alert.${code}`, { defaultValue: t('settings:alert.other') })
  return code === alert ? why : t('settings:alert.sending', { why })
}
