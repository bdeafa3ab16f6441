/** Taking back what was given, or what a lead was asked for: why, and whether it had been used. It stays in the ledger. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type GoodwillView, withdrawGoodwill } from '../../contract/goodwill.ts'
import { Area, usePlace } from '../../ui/index.ts'
import { t } from '../../words/care.ts'
import { ask } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { Radios } from '../settings/Radios.tsx'
import { notice } from '../shell/notices.ts'
import { renewGoodwill } from './goodwillQuery.ts'
import { money } from './money.ts'

export function WithdrawDialog({ it, onClose }: { it: GoodwillView; onClose: () => void }) {
  const place = usePlace()
  const [words, setWords] = useState('')
  const [used, setUsed] = useState(false)
  const [missing, setMissing] = useState(false)
  const granted = it.state === 'granted'
  const taking = useMutation({
    mutationFn: () => ask(withdrawGoodwill, { goodwillId: it.id, words, used: granted && used }),
    onSuccess: () => {
      renewGoodwill()
      notice({ title: t('goodwill:withdraw.done'), detail: t('goodwill:withdraw.doneDetail') })
      onClose()
    },
  })
  return (
    <FormDialog
      title={t(granted ? 'goodwill:withdraw.title' : 'goodwill:withdraw.titleAsked')}
      aside={it.person?.name ?? it.organisation?.name}
      act={t('goodwill:withdraw.act')}
      busy={taking.isPending}
      error={taking.error}
      failed={t('goodwill:withdraw.failed')}
      safe={t('goodwill:give.safe')}
      onAct={() => {
        setMissing(!words.trim())
        if (words.trim()) taking.mutate()
      }}
      onClose={onClose}
      about={
        <p>
          <span className="strong" dir="auto">
            {it.what}
          </span>{' '}
          {it.minor > 0 && money(it.minor, it.currency, place.language)}
        </p>
      }
    >
      {granted && (
        <Radios
          label={t('goodwill:withdraw.used')}
          value={used ? 'yes' : 'no'}
          options={[
            ['no', t('goodwill:withdraw.usedNo')],
            ['yes', t('goodwill:withdraw.usedYes')],
          ]}
          onChange={value => setUsed(value === 'yes')}
        />
      )}
      <Area
        label={t('goodwill:withdraw.why')}
        help={t('goodwill:withdraw.whyHelp')}
        dir="auto"
        maxLength={2000}
        error={missing && !words.trim() ? t('goodwill:withdraw.whyMissing') : undefined}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
