/** How long things are kept. What would go tonight stands beside each, and is confirmed before anything is kept shorter. */
import './keeping.css'
import '../../words/keeping.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/keeping.ts'
import { Button, Choice } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, query } from '../api.ts'
import { cache } from '../cache.ts'
import { Refused } from '../session/Refused.tsx'
import { Confirm, Waits } from '../settings/Section.tsx'
import { Subject } from '../settings/SettingsPage.tsx'
import { notice } from '../shell/notices.ts'

const retentionQuery = query(contract.retention, {})
const parts = [
  ['spam', 'spamDays', [7, 14, 30, 60, 90, 365]],
  ['trash', 'trashDays', [7, 14, 30, 60, 90, 365]],
  ['closed', 'closedDays', [90, 180, 365, 730, 1095, 1825, 3650]],
  ['raw', 'rawDays', [30, 90, 180, 365, 730]],
  ['audit', 'auditDays', [365, 730, 1095, 1825, 3650]],
] as const

export function RetentionPage() {
  const asked = useQuery(retentionQuery)
  return (
    <Subject
      subject={t('subjects:retention.name')}
      title={t('keeping:retention.title')}
      lead={t('keeping:retention.lead')}
    >
      <Waits asked={asked} />
      {asked.data && <Form key={JSON.stringify(asked.data.retention)} kept={asked.data.retention} />}
    </Subject>
  )
}

function Form({ kept }: { kept: contract.Retention }) {
  const [given, setGiven] = useState(kept)
  const [asking, setAsking] = useState(false)
  const preview = useQuery({
    ...query(contract.previewRetention, given),
    placeholderData: before => before,
  })
  const going = preview.data?.going
  const saving = useMutation({
    mutationFn: (retention: contract.Retention) => ask(contract.setRetention, retention),
    onSuccess: (view, retention) => {
      setAsking(false)
      cache.setQueryData(retentionQuery.queryKey, view)
      notice({
        title: t('desk:button.saved'),
        detail: t('keeping:retention.saved'),
        ...(retention === kept ? {} : { onUndo: () => saving.mutate(kept) }),
      })
    },
  })
  const same = parts.every(([, days]) => given[days] === kept[days])
  const shorter = parts.some(
    ([, days]) => (given[days] ?? Number.POSITIVE_INFINITY) < (kept[days] ?? Number.POSITIVE_INFINITY),
  )
  const some = going && parts.some(([part]) => going[part] > 0)
  return (
    <form
      className="block"
      onSubmit={event => {
        event.preventDefault()
        if (shorter && some) setAsking(true)
        else saving.mutate(given)
      }}
    >
      {parts.map(([part, days, choices]) => (
        <div key={part} className="kept-for">
          <div>
            <p>{t(`keeping:retention.${part}`)}</p>
            <p className="small muted">
              {t(`keeping:retention.${part}Help`)}
              {going && going[part] > 0 && (
                <span className="late"> · {t('keeping:retention.now', { count: going[part] })}</span>
              )}
            </p>
          </div>
          <Choice
            label={t(`keeping:retention.${part}`)}
            hideLabel
            value={given[days] ?? ''}
            onChange={event =>
              setGiven({ ...given, [days]: event.currentTarget.value ? Number(event.currentTarget.value) : null })
            }
          >
            {[...new Set([...choices, ...(kept[days] === null ? [] : [kept[days]])])]
              .sort((a, b) => a - b)
              .map(count => (
                <option key={count} value={count}>
                  {t('keeping:retention.days', { count })}
                </option>
              ))}
            <option value="">{t('keeping:retention.never')}</option>
          </Choice>
        </div>
      ))}
      {!asking && <Refused error={saving.error} title={t('keeping:retention.failed')} />}
      <p className="acts spaced">
        <Button kind="primary" submit busy={saving.isPending} disabled={same || !going}>
          {t('desk:button.save')}
        </Button>
      </p>
      {asking && going && (
        <Confirm
          title={t('keeping:retention.confirmTitle')}
          act={t('keeping:retention.confirmAct')}
          failed={t('keeping:retention.failed')}
          doing={saving}
          onAct={() => saving.mutate(given)}
          onClose={() => setAsking(false)}
        >
          <p>{t('keeping:retention.confirmLead')}</p>
          <ul className="plain-list">
            {parts.map(([part]) =>
              going[part] > 0 ? (
                <li key={part}>{t(`keeping:retention.going.${part}`, { count: going[part] })}</li>
              ) : null,
            )}
          </ul>
        </Confirm>
      )}
    </form>
  )
}
