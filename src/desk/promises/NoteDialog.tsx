/** Writing a promise down by hand: ours, or what the customer said they would do. It is made by the button and by nothing else. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { makePromise } from '../../contract/ledger.ts'
import { Choice, Field, firstName, fullMoment, usePlace } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { ask, Problem } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { notice } from '../shell/notices.ts'
import { fromWall, proposals, toWall } from '../today/times.ts'
import { renewPromises } from './queries.ts'

export type Noting = {
  conversationId: string
  customer: string
  neededBy: string | null
  /** in which message it was said */
  messageId?: string
  direction?: 'ours' | 'theirs'
  words?: string
  dueAt?: string
}

export function NoteDialog({ of, onClose, onDone }: { of: Noting; onClose: () => void; onDone?: () => void }) {
  const place = usePlace()
  const name = firstName(of.customer)
  const [direction, setDirection] = useState<'ours' | 'theirs'>(of.direction ?? 'theirs')
  const [words, setWords] = useState(of.words ?? '')
  const [wall, setWall] = useState(() =>
    toWall(of.dueAt ? Date.parse(of.dueAt) : (proposals(Date.now(), place.zone).at(-1)?.at ?? Date.now()), place.zone),
  )
  const at = fromWall(wall, place.zone)
  const past = at === null || at <= Date.now()
  const late = direction === 'ours' && at !== null && of.neededBy !== null && at > Date.parse(of.neededBy)
  const saving = useMutation({
    mutationFn: () =>
      ask(makePromise, {
        conversationId: of.conversationId,
        ...(of.messageId ? { messageId: of.messageId } : {}),
        ...{ direction, words: words.trim(), dueAt: new Date(at ?? 0).toISOString() },
      }),
    onSuccess: () => {
      notice({ title: t('promises:note.done') })
      renewPromises()
      onDone?.()
      onClose()
    },
  })
  const about = (path: string) => (saving.error instanceof Problem ? saving.error.about(path) : undefined)
  return (
    <FormDialog
      title={t('promises:note.title')}
      aside={of.customer}
      act={t('promises:note.act')}
      busy={saving.isPending}
      ready={!past && words.trim() !== ''}
      error={saving.error}
      failed={t('promises:note.failed')}
      onAct={() => saving.mutate()}
      onClose={onClose}
    >
      <Choice
        label={t('promises:note.who')}
        value={direction}
        onChange={event => setDirection(event.currentTarget.value as 'ours' | 'theirs')}
      >
        <option value="theirs">{t('promises:note.them', { name })}</option>
        <option value="ours">{t('promises:note.us')}</option>
      </Choice>
      <Field
        label={t('promises:note.words')}
        required
        autoFocus
        dir="auto"
        maxLength={2000}
        placeholder={t(direction === 'ours' ? 'promises:note.wordsUs' : 'promises:note.wordsThem')}
        value={words}
        error={about('words')}
        onChange={event => setWords(event.currentTarget.value)}
      />
      <Field
        label={t('promises:note.when')}
        type="datetime-local"
        required
        value={wall}
        help={
          late && of.neededBy ? (
            <span className="warm">
              {t('promises:note.late', { name, time: fullMoment(Date.parse(of.neededBy), place) })}
            </span>
          ) : (
            at && fullMoment(at, place)
          )
        }
        error={past ? t('today:move.past') : about('promised.0.dueAt')}
        onChange={event => setWall(event.currentTarget.value)}
      />
    </FormDialog>
  )
}
