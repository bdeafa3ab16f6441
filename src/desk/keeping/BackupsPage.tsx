/** Backups: made now or by themselves, verified, and how to bring one back. Sends none of it anywhere: it says where they lie. */
import './keeping.css'
import '../../words/keeping.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import * as contract from '../../contract/keeping.ts'
import { Button, Choice, EmptyState } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, type Output, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { Section, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice, noticeFailure } from '../shell/notices.ts'
import { BackupRow } from './BackupRow.tsx'

const working = ({ state, verifying }: contract.BackupView) =>
  state === 'waiting' || state === 'running' || verifying === 'waiting' || verifying === 'running'

/** While one is under way it is looked at again and again: how far it is is nobody's news. */
const backupsQuery = {
  ...query(contract.backups, {}),
  refetchInterval: ({ state }: { state: { data?: Output<typeof contract.backups> | undefined } }) =>
    state.data?.backups.some(working) ? 1000 : 60_000,
}

export function BackupsPage() {
  const asked = useQuery(backupsQuery)
  const making = useMutation({
    mutationFn: () => ask(contract.makeBackup, {}),
    onSuccess: () => {
      notice({ title: t('keeping:backups.asking') })
      renew(cache, contract.backups)
    },
    onError: error => noticeFailure(error),
  })
  const view = asked.data
  const busy = view?.backups.some(({ state }) => state === 'waiting' || state === 'running')
  return (
    <Subject
      subject={t('subjects:backups.name')}
      title={t('keeping:backups.title')}
      lead={t('keeping:backups.lead')}
      act={
        <Button kind="primary" busy={making.isPending} disabled={busy ?? true} onClick={() => making.mutate()}>
          {t('keeping:backups.make')}
        </Button>
      }
    >
      <Waits asked={asked} />
      {view && view.backups.length === 0 && (
        <div className="block">
          <EmptyState title={t('keeping:backups.none')}>{t('keeping:backups.noneLead')}</EmptyState>
        </div>
      )}
      {view && view.backups.length > 0 && (
        <ul className="ledge">
          {view.backups.map(backup => (
            <BackupRow key={backup.id} backup={backup} />
          ))}
        </ul>
      )}
      {view && <Schedule view={view} />}
      {view && (
        <p className="small muted block">
          {t('keeping:backups.folder', { folder: view.folder })} {view.keyOutside && t('keeping:backups.keyOutside')}
        </p>
      )}
    </Subject>
  )
}

const counts = [1, 3, 7, 14, 30, 90]

function Schedule({ view }: { view: Output<typeof contract.backups> }) {
  const { schedule, zone } = view
  const setting = useMutation({
    mutationFn: (change: contract.BackupSchedule) => ask(contract.setBackupSchedule, change),
    onSuccess: (_, change) => {
      renew(cache, contract.backups)
      notice({
        title: t('desk:button.saved'),
        ...(change === schedule ? {} : { onUndo: () => setting.mutate(schedule) }),
      })
    },
    onError: error => noticeFailure(error),
  })
  return (
    <Section title={t('keeping:backups.schedule')}>
      <div className="form">
        <div className="pair">
          <Choice
            label={t('keeping:backups.hour')}
            help={t('keeping:backups.zone', { zone })}
            value={schedule.hour ?? ''}
            onChange={event => {
              const { value } = event.currentTarget
              setting.mutate({ ...schedule, hour: value === '' ? null : Number(value) })
            }}
          >
            <option value="">{t('keeping:backups.never')}</option>
            {Array.from({ length: 24 }, (_, hour) => `${String(hour).padStart(2, '0')}:00`).map((shown, hour) => (
              <option key={shown} value={hour}>
                {shown}
              </option>
            ))}
          </Choice>
          <Choice
            label={t('keeping:backups.keep')}
            help={t('keeping:backups.keepHelp')}
            value={schedule.keep}
            onChange={event => setting.mutate({ ...schedule, keep: Number(event.currentTarget.value) })}
          >
            {[...new Set([...counts, schedule.keep])]
              .sort((a, b) => a - b)
              .map(count => (
                <option key={count}>{count}</option>
              ))}
          </Choice>
        </div>
      </div>
    </Section>
  )
}
