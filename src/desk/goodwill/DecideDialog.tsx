/** A lead's yes or no to what somebody wants to give beyond their allowance. A no says why; whoever asked is told. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { decideGoodwill, type GoodwillView } from '../../contract/goodwill.ts'
import { Area, usePlace } from '../../ui/index.ts'
import { t } from '../../words/care.ts'
import { ask } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { Radios } from '../settings/Radios.tsx'
import { notice } from '../shell/notices.ts'
import { renewGoodwill } from './goodwillQuery.ts'
import { money } from './money.ts'

/** `yes`: what was pressed already; without it both are offered. */
export function DecideDialog({ it, yes, onClose }: { it: GoodwillView; yes?: boolean; onClose: () => void }) {
  const place = usePlace()
  const [chosen, choose] = useState(yes ?? true)
  const [words, setWords] = useState('')
  const [missing, setMissing] = useState(false)
  const deciding = useMutation({
    mutationFn: () => ask(decideGoodwill, { goodwillId: it.id, yes: chosen, words }),
    onSuccess: () => {
      renewGoodwill()
      notice({ title: t(chosen ? 'goodwill:decide.saidYes' : 'goodwill:decide.saidNo', { name: it.by.name }) })
      onClose()
    },
  })
  const whom = it.person?.name ?? it.organisation?.name ?? ''
  return (
    <FormDialog
      title={t(yes === undefined ? 'goodwill:decide.title' : `goodwill:decide.${chosen ? 'yesTitle' : 'noTitle'}`)}
      aside={it.by.name}
      act={t(chosen ? 'goodwill:decide.yes' : 'goodwill:decide.no')}
      busy={deciding.isPending}
      error={deciding.error}
      failed={t('goodwill:decide.failed')}
      onAct={() => {
        setMissing(!chosen && !words.trim())
        if (chosen || words.trim()) deciding.mutate()
      }}
      onClose={onClose}
      about={
        <div>
          <p>
            <span className="strong" dir="auto">
              {it.what}
            </span>{' '}
            {it.minor > 0 && money(it.minor, it.currency, place.language)}{' '}
            {whom && <span className="muted">{t('goodwill:for', { name: whom })}</span>}
          </p>
          <p className="small muted" dir="auto">
            {it.reason}
          </p>
        </div>
      }
    >
      {yes === undefined && (
        <Radios
          label={t('goodwill:decide.answer')}
          value={chosen ? 'yes' : 'no'}
          options={[
            ['yes', t('goodwill:decide.yes')],
            ['no', t('goodwill:decide.no')],
          ]}
          onChange={value => choose(value === 'yes')}
        />
      )}
      <Area
        label={t(chosen ? 'goodwill:decide.yesWords' : 'goodwill:decide.noWords')}
        dir="auto"
        maxLength={2000}
        error={missing && !chosen && !words.trim() ? t('goodwill:decide.noMissing') : undefined}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
