/** One backup: what it holds, whether it was verified, how far the work at hand is, and the command that brings it back. */
import { IconAlertTriangle, IconArchive, IconCheck, IconCopy } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/keeping.ts'
import { Button, Dialog, Time, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { sizeWords } from '../conversation/fileKinds.ts'
import { useProof } from '../security/useProof.tsx'
import { Confirm, Row } from '../settings/Section.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'

export function BackupRow({ backup }: { backup: contract.BackupView }) {
  const { id: backupId } = backup
  const [open, setOpen] = useState<'restore' | 'remove' | null>(null)
  const { proved, question } = useProof()
  const verifying = useMutation({
    mutationFn: () => ask(contract.verifyBackup, { backupId }),
    onSuccess: () => renew(cache, contract.backups),
    onError: error => noticeFailure(error),
  })
  const removing = useMutation({
    mutationFn: () => proved(() => ask(contract.removeBackup, { backupId })),
    onSuccess: () => {
      setOpen(null)
      notice({ title: t('keeping:backups.removed') })
      renew(cache, contract.backups)
    },
  })
  const made = backup.state === 'made' && !backup.gone
  const busy = backup.verifying === 'waiting' || backup.verifying === 'running'
  return (
    <Row
      icon={<IconArchive size={20} stroke={1.5} aria-hidden="true" />}
      off={backup.gone}
      acts={
        <>
          {made && (
            <Button busy={verifying.isPending} disabled={busy} onClick={() => verifying.mutate()}>
              {t(backup.verifiedAt ? 'keeping:backups.verifyAgain' : 'keeping:backups.verify')}
            </Button>
          )}
          {made && (
            <Button kind="quiet" onClick={() => setOpen('restore')}>
              {t('keeping:backups.restore')}
            </Button>
          )}
          {(backup.state === 'made' || backup.state === 'failed') && !busy && (
            <Button kind="quiet" onClick={() => setOpen('remove')}>
              {t('keeping:backups.remove')}
            </Button>
          )}
        </>
      }
    >
      <p className="w">
        <Time at={backup.madeAt ?? backup.askedAt} />
      </p>
      <Contents backup={backup} />
      <Standing backup={backup} />
      {open === 'restore' && <HowToRestore command={backup.command} onClose={() => setOpen(null)} />}
      {open === 'remove' && (
        <Confirm
          title={t('keeping:backups.removeTitle')}
          act={t('keeping:backups.remove')}
          failed={t('keeping:backups.failed')}
          doing={removing}
          onAct={() => removing.mutate()}
          onClose={() => setOpen(null)}
        >
          <p>{t('keeping:backups.removeLead')}</p>
        </Confirm>
      )}
      {question}
    </Row>
  )
}

function Contents({ backup }: { backup: contract.BackupView }) {
  const { language } = usePlace()
  const number = new Intl.NumberFormat(language)
  const by = backup.askedBy ? t('keeping:backups.asked', { name: backup.askedBy }) : t('keeping:backups.scheduled')
  if (backup.rows === null || backup.files === null || backup.bytes === null) return <p className="small muted">{by}</p>
  const contents = t('keeping:backups.contents', {
    rows: number.format(backup.rows),
    files: number.format(backup.files),
    size: sizeWords(backup.bytes, language),
  })
  return (
    <p className="small muted">
      {contents} · {by}
    </p>
  )
}

/** What is being done with it, or what came of it. */
function Standing({ backup }: { backup: contract.BackupView }) {
  const { state, verifying } = backup
  const busy = state === 'waiting' || state === 'running' ? state : busyVerifying(verifying)
  if (busy)
    return (
      <p className="small muted">
        {t(`keeping:backups.${busy}`)}{' '}
        {backup.total > 0 && (
          <progress
            className="madebar"
            max={backup.total}
            value={backup.done}
            aria-label={t('keeping:backups.progress')}
          />
        )}
      </p>
    )
  if (backup.gone) return <p className="small muted">{t('keeping:backups.gone')}</p>
  if (state === 'failed' || verifying === 'bad')
    return (
      <div className="health" data-c="bad">
        <IconAlertTriangle size={16} aria-hidden="true" />
        <div>
          <p>{t(state === 'failed' ? 'keeping:backups.failed' : 'keeping:backups.bad')}</p>
          {backup.trouble && <p>{t(`keeping:backups.trouble.${backup.trouble}`, { defaultValue: backup.trouble })}</p>}
          {backup.findings.slice(0, 5).map(line => (
            <p key={line} className="said">
              {line}
            </p>
          ))}
        </div>
      </div>
    )
  if (verifying === 'good' && backup.verifiedAt)
    return (
      <p className="health" data-c="good">
        <IconCheck size={16} aria-hidden="true" />
        <span>
          {t('keeping:backups.good')} <Time at={backup.verifiedAt} />
        </span>
      </p>
    )
  return <p className="small muted">{t('keeping:backups.unverified')}</p>
}

function busyVerifying(verifying: contract.BackupView['verifying']): 'waiting' | 'verifying' | null {
  if (verifying === 'waiting') return 'waiting'
  return verifying === 'running' ? 'verifying' : null
}

function HowToRestore({ command, onClose }: { command: string; onClose: () => void }) {
  const [copied, setCopied] = useState(false)
  return (
    <Dialog title={t('keeping:backups.restoreTitle')} onClose={onClose}>
      <p>{t('keeping:backups.restoreLead')}</p>
      <code className="command" translate="no">
        {command}
      </code>
      <p className="acts">
        <Button
          kind="primary"
          icon={copied ? <IconCheck size={17} aria-hidden="true" /> : <IconCopy size={17} aria-hidden="true" />}
          onClick={() =>
            void navigator.clipboard.writeText(command).then(
              () => setCopied(true),
              () => {},
            )
          }
        >
          {t(copied ? 'keeping:backups.copied' : 'keeping:backups.copy')}
        </Button>
        <Button kind="quiet" onClick={onClose}>
          {t('desk:button.close')}
        </Button>
      </p>
    </Dialog>
  )
}
