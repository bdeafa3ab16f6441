/** Bringing old mail: drop a folder, an mbox or single mails; it is sent from here and read by a job. It comes in closed and nothing goes out. May be repeated: what is known stays as it is. */
import './import.css'
import { IconFolderDown } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type DragEvent, useEffect, useState } from 'react'
import { connectMailbox, type ImportView, imports, mailboxes } from '../../contract/mailboxes.ts'
import { Button, Choice, FailingState, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { sizeWords } from '../conversation/fileKinds.ts'
import { useMe } from '../session/me.ts'
import { Refused } from '../session/Refused.tsx'
import { filesChosen, filesDropped, loads } from './dropped.ts'
import { mailboxesQuery } from './queries.ts'
import { HowFar, importsQuery, UnderWay, WhyNot } from './UnderWay.tsx'
import { upload } from './upload.ts'

export function ImportPanel() {
  const [files, setFiles] = useState<File[]>([])
  const [sent, setSent] = useState<ImportView>()
  const again = () => {
    setFiles([])
    setSent(undefined)
  }
  return (
    <>
      {sent ? (
        <Sent first={sent} again={again} />
      ) : files.length > 0 ? (
        <Sending files={files} again={again} onSent={setSent} />
      ) : (
        <Chooser onFiles={setFiles} />
      )}
      <UnderWay but={sent?.id} />
    </>
  )
}

function Chooser({ onFiles: take }: { onFiles: (files: File[]) => void }) {
  const [over, setOver] = useState(false)
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

type SendingProps = { files: File[]; again: () => void; onSent: (sent: ImportView) => void }

function Sending({ files, again, onSent }: SendingProps) {
  const me = useMe()
  const { language } = usePlace()
  const boxes = useQuery(mailboxesQuery)
  const known = boxes.data?.mailboxes ?? []
  const [into, setInto] = useState('')
  const [address, setAddress] = useState('')
  const [sent, setSent] = useState(0)
  const chosen = into || known[0]?.id || ''
  const bytes = files.reduce((total, file) => total + file.size, 0)
  const bringing = useMutation({
    mutationFn: async () => {
      const mailboxId = chosen || (await place(address, me))
      const all = loads(files)
      let begun: ImportView | undefined
      let before = 0
      for (const [at, load] of all.entries()) {
        const where = { mailboxId, importId: begun?.id, more: at + 1 < all.length }
        begun = await upload(where, load, now => setSent(before + now))
        before += load.reduce((total, file) => total + file.size, 0)
        setSent(before)
      }
      return begun!
    },
    onSuccess: begun => {
      onSent(begun)
      renew(cache, mailboxes, imports)
    },
    onError: () => renew(cache, mailboxes, imports),
  })
  return (
    <form
      className="bringing"
      onSubmit={event => {
        event.preventDefault()
        bringing.mutate()
      }}
    >
      <p>{t('settings:import.chosen', { count: files.length, size: sizeWords(bytes, language) })}</p>
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
          <progress max={bytes || 1} value={Math.min(sent, bytes)} aria-label={t('settings:import.progress')} />
          <p className="small muted">
            {t('settings:import.sending', {
              sent: sizeWords(Math.min(sent, bytes), language),
              size: sizeWords(bytes, language),
            })}
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

/** It goes on by itself; who stays sees how far it is, and what became of it. */
function Sent({ first, again }: { first: ImportView; again: () => void }) {
  const asked = useQuery(importsQuery).data?.imports.find(({ id }) => id === first.id)
  const view = asked ?? first
  const over = view.endedAt !== null
  useEffect(() => {
    if (over) void cache.invalidateQueries({ predicate: ({ queryHash }) => queryHash !== importsQuery.queryHash })
  }, [over])
  if (!over)
    return (
      <div className="bringing">
        <HowFar view={view} />
      </div>
    )
  if (view.state === 'failed')
    return (
      <div className="bringing">
        <FailingState
          title={t('settings:import.failed')}
          happened={<WhyNot view={view} />}
          safe={t('settings:import.safe')}
          todo={t('settings:import.todo')}
        />
        <Button onClick={again}>{t('settings:import.more')}</Button>
      </div>
    )
  return (
    <div className="bringing" role="status">
      <p className="strong">{t('settings:import.done', { count: view.mails })}</p>
      <ul className="small muted">
        {(['messages', 'reports', 'quarantined', 'known'] as const)
          .filter(kind => view[kind] > 0)
          .map(kind => (
            <li key={kind}>{t(`settings:import.${kind}`, { count: view[kind] })}</li>
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
