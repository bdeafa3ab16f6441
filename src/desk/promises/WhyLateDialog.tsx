/** Why a promise was kept late, for whoever wants to say it: a reason, and a line more. It helps to promise better, and counts nobody. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { explainPromise } from '../../contract/ledger.ts'
import type { Because, PromiseView } from '../../contract/promises.ts'
import { Field, PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { ask } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { notice } from '../shell/notices.ts'
import { renewPromises } from './queries.ts'
import { reasons, WhyChoice } from './WhyChoice.tsx'

export function WhyLateDialog({ promise, onClose }: { promise: PromiseView; onClose: () => void }) {
  const [because, setBecause] = useState<Because | ''>(reasons.find(each => each === promise.endedWhy) ?? '')
  const [words, setWords] = useState(promise.endedWords ?? '')
  const saying = useMutation({
    mutationFn: (why: Because) => ask(explainPromise, { promiseId: promise.id, because: why, words }),
    onSuccess: () => {
      notice({ title: t('promises:late.done') })
      renewPromises()
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('promises:act.explain')}
      act={t('promises:late.act')}
      busy={saying.isPending}
      ready={because !== ''}
      error={saying.error}
      failed={t('promises:late.failed')}
      onAct={() => because && saying.mutate(because)}
      onClose={onClose}
      about={
        <>
          <p>
            <PromiseChip promise={promise} />
          </p>
          <p className="muted">{t('promises:late.lead')}</p>
        </>
      }
    >
      <WhyChoice value={because} onChange={setBecause} />
      <Field
        label={t('promises:late.words')}
        dir="auto"
        maxLength={200}
        value={words}
        onChange={event => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
