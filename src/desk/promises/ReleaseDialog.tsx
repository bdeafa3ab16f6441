/** Letting a promise go, with a reason: it binds nobody any more. Tells nobody outside. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { releasePromise } from '../../contract/ledger.ts'
import { type DuePromise, LetGo } from '../../contract/promises.ts'
import { Area, Choice, PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { ask } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { notice } from '../shell/notices.ts'
import { renewPromises } from './queries.ts'

export function ReleaseDialog({ due, onClose }: { due: DuePromise; onClose: () => void }) {
  const [because, setBecause] = useState<LetGo>('not-needed')
  const [words, setWords] = useState('')
  const saving = useMutation({
    mutationFn: () => ask(releasePromise, { promiseId: due.promise.id, because, words }),
    onSuccess: () => {
      notice({ title: t('promises:letGo.done') })
      renewPromises()
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('promises:act.release')}
      aside={due.conversation?.customer.name}
      act={t('promises:letGo.act')}
      busy={saving.isPending}
      error={saving.error}
      failed={t('promises:letGo.failed')}
      onAct={() => saving.mutate()}
      onClose={onClose}
      about={
        <p>
          <PromiseChip promise={due.promise} />
        </p>
      }
    >
      <Choice
        label={t('promises:letGo.label')}
        value={because}
        onChange={event => setBecause(event.currentTarget.value as LetGo)}
      >
        {LetGo.options.map(each => (
          <option key={each} value={each}>
            {t(`promises:letGo.${each}`)}
          </option>
        ))}
      </Choice>
      <Area
        label={t('promises:letGo.words')}
        help={t('promises:letGo.wordsHelp')}
        value={words}
        rows={2}
        dir="auto"
        maxLength={2000}
        onChange={event => setWords(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
