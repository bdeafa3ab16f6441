/** Bringing old mail: drop a folder, an mbox or single mails; it comes in closed and nothing is sent. May be repeated: what is known stays as it is. */
import './import.css'
import { IconFolderDown } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { connectMailbox } from '../../contract/mailboxes.ts'
import { Button, Choice, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { cache } from '../cache.ts'
import { useLive } from '../live.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { filesChosen, filesDropped, loads } from './dropped.ts'
import { mailboxesQuery } from './queries.ts'
import { sizeWords } from './sizes.ts'
import { nothingYet, type Report, sum, upload } from './upload.ts'

export function ImportPanel({ mailboxId }: { mailboxId?: string }) {
  const [files, setFiles] = useState<File[]>([])
  const [over, setOver] = useState(false)
  const take = (found: File[]) => setFiles(found)
  if (files.length > 0) return <Bringing files={files} mailboxId={mailboxId} again={() => setFiles([])} />
  const drop = (event: DragEvent) => {
    event.preventDefault()
    setOver(false)
    void filesDropped(event.dataTransfer).then(take)
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: dropping is a convenience; the buttons inside do the same by keyboard
    <div
      className="drop"
      data-over={over || undefined}
      onDragOver={event => {
        event.preventDefault()
        setOver(true)
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <IconFolderDown size={20} stroke={1.6} aria-hidden="true" />
      <span>
        {t('settings:import.drop')}{' '}
        <label className="link">
          {t('settings:import.chooseFile')}
          <input
            type="file"
            className="sr"
            multiple
            accept=".mbox,.eml,.mbx,message/rfc822,*/*"
            onChange={event => take(filesChosen(event.currentTarget.files))}
          />
        </label>{' '}
        {t('settings:import.or')}{' '}
        <label className="link">
          {t('settings:import.chooseFolder')}
          <input
            type="file"
            className="sr"
            multiple
            {...{ webkitdirectory: '' }}
            onChange={event => take(filesChosen(event.currentTarget.files))}
          />
        </label>
      </span>
    </div>
  )
}

type Progress = { report: Report; sent: number; loads: number; of: number }

function Bringing({ files, mailboxId, again }: { files: File[]; mailboxId: string | undefined; again: () => void }) {
  const me = useMe()
  const boxes = useQuery(mailboxesQuery)
  const known = boxes.data?.mailboxes ?? []
  const [into, setInto] = useState(mailboxId ?? '')
  const [address, setAddress] = useState('')
  const [progress, setProgress] = useState<Progress>({ report: nothingYet, sent: 0, loads: 0, of: 0 })
  const chosen = into || known[0]?.id || ''
  const bytes = files.reduce((total, file) => total + file.size, 0)
  const bringing = useMutation({
    mutationFn: async () => {
      const target = chosen || (await place(address, me))
      const all = loads(files)
      let report = nothingYet
      let before = 0
      for (const [at, load] of all.entries()) {
        const more = await upload(target, load, sent => setProgress(now => ({ ...now, sent: before + sent })))
        before += load.reduce((total, file) => total + file.size, 0)
        report = sum(report, more)
        setProgress({ report, sent: before, loads: at + 1, of: all.length })
      }
      return report
    },
    onSettled: () => void cache.invalidateQueries(),
  })
  useLive(event => {
    if (event.kind !== 'import.progressed' || !bringing.isPending) return
    const mails = event.facts.mails
    if (typeof mails === 'number')
      setProgress(now => ({ ...now, report: { ...now.report, mails: Math.max(now.report.mails, mails) } }))
  })
  if (bringing.isSuccess) return <Brought report={bringing.data} again={again} />
  return (
    <form
      className="bringing"
      onSubmit={event => {
        event.preventDefault()
        bringing.mutate()
      }}
    >
      <p>{t('settings:import.chosen', { count: files.length, size: sizeWords(bytes) })}</p>
      {known.length > 0 ? (
        <Choice
          label={t('settings:import.into')}
          value={chosen}
          disabled={bringing.isPending}
          onChange={event => setInto(event.currentTarget.value)}
        >
          {known.map(box => (
            <option key={box.id} value={box.id}>
              {box.address}
            </option>
          ))}
        </Choice>
      ) : (
        <Field
          label={t('settings:import.address')}
          help={t('settings:import.addressHelp')}
          type="email"
          required
          value={address}
          disabled={bringing.isPending}
          onChange={event => setAddress(event.currentTarget.value)}
        />
      )}
      <Refused
        error={bringing.error}
        title={t('settings:import.failed')}
        safe={t('settings:import.safe')}
        todo={t('settings:import.todo')}
      />
      {bringing.isPending && (
        <div role="status" aria-live="polite">
          <progress
            max={bytes || 1}
            value={Math.min(progress.sent, bytes)}
            aria-label={t('settings:import.progress')}
          />
          <p className="small muted">
            {progress.sent < bytes
              ? t('settings:import.sending', {
                  sent: sizeWords(Math.min(progress.sent, bytes)),
                  size: sizeWords(bytes),
                })
              : t('settings:import.reading', { count: progress.report.mails })}
          </p>
        </div>
      )}
      <p className="acts">
        <Button kind="primary" submit busy={bringing.isPending}>
          {t('settings:import.act')}
        </Button>
        {!bringing.isPending && (
          <Button kind="quiet" onClick={again}>
            {t('desk:button.cancel')}
          </Button>
        )}
      </p>
    </form>
  )
}

/** A mailbox that only holds what was brought: made when there is none yet. */
async function place(address: string, me: ReturnType<typeof useMe>): Promise<string> {
  const team = me.teams[0]
  const { mailbox } = await ask(connectMailbox, {
    address: address.trim(),
    fromName: me.installation.name,
    teamId: team?.id ?? '',
    receiveBy: 'import',
  })
  return mailbox.id
}

function Brought({ report, again }: { report: Report; again: () => void }) {
  return (
    <div className="bringing" role="status">
      <p className="strong">{t('settings:import.done', { count: report.mails })}</p>
      <ul className="small muted">
        {(['messages', 'reports', 'quarantined', 'known'] as const)
          .filter(kind => report[kind] > 0)
          .map(kind => (
            <li key={kind}>{t(`settings:import.${kind}`, { count: report[kind] })}</li>
          ))}
      </ul>
      <p className="acts">
        <Link to="/inbox/$view" params={{ view: 'closed' }} search={{}} className="btn">
          {t('settings:import.look')}
        </Link>
        <Button kind="quiet" onClick={again}>
          {t('settings:import.more')}
        </Button>
      </p>
    </div>
  )
}
