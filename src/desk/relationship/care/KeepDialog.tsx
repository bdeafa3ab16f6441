/** Who keeps a relationship and how often we are in touch; of one or of several at once. */
import './care.css'
import '../../../words/care.ts'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { setCare } from '../../../contract/care.ts'
import { Choice, Field } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { ask } from '../../api.ts'
import { FormDialog } from '../../pieces/FormDialog.tsx'
import { useMe } from '../../session/me.ts'
import { notice } from '../../shell/notices.ts'
import { careSettingsQuery, keepersQuery, renewCare } from './careQuery.ts'

type Props = {
  parties?: { is: 'person' | 'organisation'; id: string }[]
  relationshipIds?: string[]
  /** how it stands, where it is one */
  before?: { keeperId: string | null; rhythmDays: number | null }
  /** whom it is about, where it is one */
  name?: string
  onClose: () => void
}

const usual = [14, 30, 60, 90, 180, 365]

export function KeepDialog({ parties = [], relationshipIds = [], before, name, onClose }: Props) {
  const me = useMe()
  const asked = useQuery(keepersQuery)
  const settings = useQuery(careSettingsQuery)
  const count = parties.length + relationshipIds.length
  const [keeperId, setKeeper] = useState<string | null>(before?.keeperId ?? me.id)
  const [own, setRhythm] = useState<string | null>(before?.rhythmDays ? String(before.rhythmDays) : null)
  const rhythm = own ?? (before?.keeperId ? '' : String(settings.data?.rhythmDays ?? ''))
  const days = Number(rhythm)
  const wrong = rhythm !== '' && !(Number.isInteger(days) && days >= 1 && days <= 730)
  const saving = useMutation({
    mutationFn: (to: { keeperId: string | null; rhythmDays: number | null }) =>
      ask(setCare, { parties, relationshipIds, ...to }),
    onSuccess: () => {
      renewCare()
      const onUndo = before
        ? () => void ask(setCare, { parties, relationshipIds, ...before }).then(renewCare)
        : undefined
      notice({ title: t('care:keep.done', { count }), ...(onUndo ? { onUndo } : {}) })
      onClose()
    },
  })
  return (
    <FormDialog
      title={name ? t('care:keep.titleOf', { name }) : t('care:keep.title', { count })}
      act={t('desk:button.save')}
      busy={saving.isPending}
      error={saving.error}
      failed={t('care:keep.failed')}
      onAct={() => {
        if (!wrong) saving.mutate({ keeperId, rhythmDays: keeperId && rhythm ? days : null })
      }}
      onClose={onClose}
    >
      <Choice
        label={t('care:keep.keeper')}
        help={t('care:keep.keeperHelp')}
        value={keeperId ?? ''}
        onChange={event => setKeeper(event.currentTarget.value || null)}
      >
        <option value="">{t('care:keep.nobody')}</option>
        {(asked.data?.keepers ?? [{ id: me.id, name: me.name }]).map(one => (
          <option key={one.id} value={one.id}>
            {one.id === me.id ? t('care:keep.you', { name: one.name }) : one.name}
          </option>
        ))}
      </Choice>
      {keeperId && (
        <>
          <Field
            label={t('care:keep.rhythm')}
            help={t('care:keep.rhythmHelp')}
            error={wrong ? t('care:keep.rhythmWrong') : undefined}
            type="number"
            inputMode="numeric"
            min={1}
            max={730}
            value={rhythm}
            onChange={event => setRhythm(event.currentTarget.value)}
          />
          <div className="chips">
            {usual.map(each => (
              <button
                key={each}
                type="button"
                className="choice"
                aria-pressed={days === each}
                onClick={() => setRhythm(String(each))}
              >
                {t('care:keep.days', { count: each })}
              </button>
            ))}
          </div>
        </>
      )}
    </FormDialog>
  )
}
