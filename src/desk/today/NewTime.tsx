/** Naming another time for a promise: when, what, and the words that go to whom it was made. Moving it in time is honest; letting it pass is not. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { type Because, type DuePromise, renegotiate } from '../../contract/promises.ts'
import { Area, Field, firstName, fullMoment, PromiseChip, usePlace } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem } from '../api.ts'
import { FormDialog } from '../pieces/FormDialog.tsx'
import { renewPromises } from '../promises/queries.ts'
import { WhyChoice } from '../promises/WhyChoice.tsx'
import { notice } from '../shell/notices.ts'
import { dueWords } from './DueRow.tsx'
import { fromWall, proposals, toWall } from './times.ts'

export function NewTime({ due, onClose }: { due: DuePromise; onClose: () => void }) {
  const place = usePlace()
  const { promise, conversation } = due
  const name = firstName(conversation?.customer.name ?? promise.to?.name ?? '')
  const choices = proposals(Date.now(), place.zone)
  const [wall, setWall] = useState(() => toWall(choices[1]?.at ?? Date.now(), place.zone))
  const [words, setWords] = useState(
    promise.automatic ? t('today:words.answer', { subject: conversation?.subject ?? '' }) : promise.words,
  )
  const at = fromWall(wall, place.zone)
  const sentence = (moment: number | null) =>
    moment ? t('today:move.tell', { name, time: fullMoment(moment, place) }) : ''
  const [own, setOwn] = useState<string | null>(null)
  const [because, setBecause] = useState<Because | ''>('')
  const tell = own ?? sentence(at)
  const tellable =
    conversation !== null &&
    promise.direction === 'ours' &&
    promise.kind !== 'follow-up' &&
    promise.kind !== 'ask-again'
  const moving = useMutation({
    mutationFn: () =>
      ask(renegotiate, {
        promiseId: promise.id,
        dueAt: new Date(at ?? 0).toISOString(),
        words,
        ...(tellable && tell.trim() ? { tell } : {}),
        ...(because ? { because } : {}),
      }),
    onSuccess: () => {
      notice({
        title: t('today:move.done'),
        detail: tellable && tell.trim() ? t('today:move.told', { name }) : undefined,
      })
      renewPromises()
      onClose()
    },
  })
  const neededBy = conversation?.neededBy ? Date.parse(conversation.neededBy) : null
  const tooLate = at !== null && neededBy !== null && at > neededBy
  const past = at !== null && at <= Date.now()
  const about = (path: string) => (moving.error instanceof Problem ? moving.error.about(path) : undefined)
  return (
    <FormDialog
      title={t('today:move.title')}
      aside={conversation?.customer.name}
      act={t(tellable && tell.trim() ? 'today:move.actTell' : 'today:move.act')}
      busy={moving.isPending}
      ready={at !== null && !past && words.trim() !== ''}
      error={moving.error}
      failed={t('today:move.failed')}
      safe={t('today:move.safe')}
      onAct={() => moving.mutate()}
      onClose={onClose}
      about={
        <p>
          <PromiseChip promise={promise} words={dueWords(due)} />
        </p>
      }
    >
      <div className="chips">
        {choices.map(choice => (
          <button
            key={choice.name}
            type="button"
            className="choice"
            aria-pressed={choice.at === at}
            onClick={() => setWall(toWall(choice.at, place.zone))}
          >
            {t(`today:move.${choice.name}`)}
          </button>
        ))}
      </div>
      <Field
        label={t('today:move.when')}
        type="datetime-local"
        required
        value={wall}
        help={
          tooLate && neededBy ? (
            <span className="warm">{t('today:move.later', { name, time: fullMoment(neededBy, place) })}</span>
          ) : (
            at && fullMoment(at, place)
          )
        }
        error={past ? t('today:move.past') : about('dueAt')}
        onChange={event => setWall(event.currentTarget.value)}
      />
      <Field
        label={t('today:move.words')}
        required
        maxLength={2000}
        value={words}
        error={about('words')}
        onChange={event => setWords(event.currentTarget.value)}
      />
      {promise.direction === 'ours' && !promise.automatic && <WhyChoice value={because} onChange={setBecause} />}
      {tellable && (
        <Area
          label={t('today:move.tellLabel', { name })}
          help={t(tell.trim() ? 'today:move.tellHelp' : 'today:move.tellNothing', { name })}
          value={tell}
          maxLength={2000}
          className="field read"
          error={about('tell')}
          onChange={event => setOwn(event.currentTarget.value)}
        />
      )}
    </FormDialog>
  )
}
