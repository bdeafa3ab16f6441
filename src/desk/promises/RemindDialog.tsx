/** A kind word about what they promised: a mail to begin with, in their language, and one line for the next reply. Sends only what somebody looked at. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { preparedReminder, remind } from '../../contract/ledger.ts'
import type { DuePromise } from '../../contract/promises.ts'
import { Area, firstName, PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { ask, query } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { notice } from '../shell/notices.ts'
import { plainOf } from './plainOf.ts'
import { renewPromises } from './queries.ts'

const escaped = (text: string) =>
  text.replace(/[&<>]/g, sign => (sign === '&' ? '&amp;' : sign === '<' ? '&lt;' : '&gt;'))
const asHtml = (text: string) =>
  text
    .split(/\n{2,}/)
    .map(paragraph => `<p>${escaped(paragraph.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('')

export function RemindDialog({ due, onClose }: { due: DuePromise; onClose: () => void }) {
  const prepared = useQuery(query(preparedReminder, { promiseId: due.promise.id }))
  const [own, setOwn] = useState<string | null>(null)
  const name = firstName(due.promise.by.name)
  const words = own ?? (prepared.data ? plainOf(prepared.data.body, '\n\n') : '')
  const sending = useMutation({
    mutationFn: () => ask(remind, { promiseId: due.promise.id, body: asHtml(words) }),
    onSuccess: () => {
      notice({ tone: 'sending', title: t('promises:remind.done') })
      renewPromises()
      onClose()
    },
  })
  return (
    <FormDialog
      title={t('promises:remind.title')}
      aside={name}
      act={t('promises:remind.act')}
      busy={sending.isPending}
      ready={words.trim() !== ''}
      error={sending.error ?? prepared.error}
      failed={t('promises:remind.failed')}
      onAct={() => sending.mutate()}
      onClose={onClose}
      about={
        <>
          <p>
            <PromiseChip promise={due.promise} />
          </p>
          <p className="muted">{t('promises:remind.lead')}</p>
        </>
      }
    >
      <Area
        label={t('promises:remind.words', { name })}
        value={words}
        rows={9}
        dir="auto"
        maxLength={5000}
        className="field read"
        disabled={prepared.isPending}
        onChange={event => setOwn(event.currentTarget.value)}
      />
      {prepared.data && (
        <p className="small muted">
          {t('promises:remind.line')}{' '}
          <button
            type="button"
            className="link"
            title={prepared.data.line}
            onClick={() => {
              void navigator.clipboard?.writeText(prepared.data.line)
              notice({ title: t('promises:remind.copied'), detail: prepared.data.line })
            }}
          >
            {t('promises:remind.copy')}
          </button>
        </p>
      )}
    </FormDialog>
  )
}
