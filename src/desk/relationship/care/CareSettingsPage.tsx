/** How often we write to somebody unasked, and how often relationships are tended where nobody has said it of one. */
import './care.css'
import '../../../words/care.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { type CareSettings, setCareSettings } from '../../../contract/care.ts'
import { Button, Field } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { ask } from '../../api.ts'
import { cache } from '../../cache.ts'
import { Refused } from '../../session/Refused.tsx'
import { Waits } from '../../settings/Section.tsx'
import { Subject } from '../../settings/SettingsPage.tsx'
import { notice } from '../../shell/notices.ts'
import { careSettingsQuery } from './careQuery.ts'

const limits = { days: [1, 365], pulseDays: [30, 1095], rhythmDays: [1, 730] } as const
const names = ['days', 'pulseDays', 'rhythmDays'] as const

export function CareSettingsPage() {
  const asked = useQuery(careSettingsQuery)
  return (
    <Subject subject={t('subjects:care.name')} title={t('care:settings.title')} lead={t('care:settings.lead')}>
      <Waits asked={asked} />
      {asked.data && <Form key={JSON.stringify(asked.data)} kept={asked.data} />}
    </Subject>
  )
}

function Form({ kept }: { kept: CareSettings }) {
  const [given, setGiven] = useState(() => ({
    days: String(kept.days),
    pulseDays: String(kept.pulseDays),
    rhythmDays: String(kept.rhythmDays),
  }))
  const read = { days: Number(given.days), pulseDays: Number(given.pulseDays), rhythmDays: Number(given.rhythmDays) }
  const wrong = (name: keyof CareSettings) =>
    !Number.isInteger(read[name]) || read[name] < limits[name][0] || read[name] > limits[name][1]
  const saving = useMutation({
    mutationFn: (settings: CareSettings) => ask(setCareSettings, settings),
    onSuccess: (view, settings) => {
      cache.setQueryData(careSettingsQuery.queryKey, view)
      notice({
        title: t('desk:button.saved'),
        detail: t('care:settings.saved'),
        ...(settings === kept ? {} : { onUndo: () => saving.mutate(kept) }),
      })
    },
  })
  const same = names.every(name => read[name] === kept[name])
  return (
    <form
      className="block form caresettings"
      onSubmit={event => {
        event.preventDefault()
        if (!names.some(wrong)) saving.mutate(read)
      }}
    >
      {names.map(name => (
        <Field
          key={name}
          label={t(`care:settings.${name}`)}
          help={t(`care:settings.${name}Help`)}
          error={wrong(name) ? t('care:settings.wrong', { from: limits[name][0], to: limits[name][1] }) : undefined}
          type="number"
          inputMode="numeric"
          min={limits[name][0]}
          max={limits[name][1]}
          value={given[name]}
          onChange={event => setGiven({ ...given, [name]: event.currentTarget.value })}
        />
      ))}
      <Refused error={saving.error} title={t('care:settings.failed')} />
      <p className="acts spaced">
        <Button kind="primary" submit busy={saving.isPending} disabled={same || names.some(wrong)}>
          {t('desk:button.save')}
        </Button>
      </p>
    </form>
  )
}
