/**
 * Saying that a promise was not kept: an empty page with the facts beside it. Writes nothing for anybody, and asks for another
 * promise only where nothing would be promised any more.
 */
import './promises.css'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { breakPromise } from '../../contract/ledger.ts'
import type { Because, DuePromise } from '../../contract/promises.ts'
import { Area, Button, Dialog, Field, firstName, fullMoment, usePlace } from '../../ui/index.ts'
import { t } from '../../words/promises.ts'
import { ask, Problem } from '../api.ts'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'
import { fromWall, proposals, toWall } from '../today/times.ts'
import { Facts } from './Facts.tsx'
import { factsQuery, renewPromises } from './queries.ts'
import { WhyChoice } from './WhyChoice.tsx'

export function BreakDialog({ due, onClose }: { due: DuePromise; onClose: () => void }) {
  const place = usePlace()
  const facts = useQuery(factsQuery(due.promise.id))
  const name = firstName(due.conversation?.customer.name ?? due.promise.to?.name ?? '')
  const [tell, setTell] = useState('')
  const [because, setBecause] = useState<Because | ''>('')
  const [adds, setAdds] = useState(false)
  const [words, setWords] = useState('')
  const [wall, setWall] = useState(() => toWall(proposals(Date.now(), place.zone)[1]?.at ?? Date.now(), place.zone))
  const needed = facts.data?.last ?? false
  const instead = needed || adds
  const tellable = facts.data?.tellable ?? false
  const at = fromWall(wall, place.zone)
  const past = instead && (at === null || at <= Date.now())
  const saving = useMutation({
    mutationFn: () =>
      ask(breakPromise, {
        promiseId: due.promise.id,
        because: because || 'other',
        ...(tell.trim() ? { tell: tell.trim() } : {}),
        ...(instead ? { instead: { words: words.trim(), dueAt: new Date(at ?? 0).toISOString() } } : {}),
      }),
    onSuccess: () => {
      notice({
        title: t('promises:broken.done'),
        ...(tellable && tell.trim() ? { detail: t('promises:broken.doneDetail', { name }) } : {}),
      })
      renewPromises()
      onClose()
    },
  })
  const about = (path: string) => (saving.error instanceof Problem ? saving.error.about(path) : undefined)
  const ready = because !== '' && (!due.promise.toldAt || tell.trim()) && (!instead || (words.trim() && !past))
  return (
    <Dialog title={t('promises:broken.title')} aside={name} onClose={onClose} className="asks breaking">
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          saving.mutate()
        }}
      >
        <div className="beside">
          <div className="own">
            <p className="muted">{t('promises:broken.lead', { name })}</p>
            <Refused error={saving.error} title={t('promises:broken.failed')} safe={t('promises:broken.safe')} />
            <Area
              label={tellable ? t('promises:broken.tell', { name }) : t('promises:broken.tellInside')}
              help={t(tellable ? 'promises:broken.tellHelp' : 'promises:broken.noAddress', { name })}
              value={tell}
              rows={7}
              dir="auto"
              maxLength={2000}
              autoFocus
              className="field read"
              error={about('tell')}
              onChange={event => setTell(event.currentTarget.value)}
            />
            <WhyChoice value={because} onChange={setBecause} />
            {instead ? (
              <fieldset className="instead">
                <legend>{t('promises:broken.instead')}</legend>
                {needed && <p className="small muted">{t('promises:broken.insteadNeeded')}</p>}
                <Field
                  label={t('promises:broken.insteadWords')}
                  value={words}
                  dir="auto"
                  required
                  maxLength={2000}
                  onChange={event => setWords(event.currentTarget.value)}
                />
                <Field
                  label={t('promises:broken.insteadWhen')}
                  type="datetime-local"
                  required
                  value={wall}
                  help={at && fullMoment(at, place)}
                  error={past ? t('today:move.past') : about('instead.dueAt')}
                  onChange={event => setWall(event.currentTarget.value)}
                />
              </fieldset>
            ) : (
              <p>
                <button type="button" className="link" onClick={() => setAdds(true)}>
                  {t('promises:broken.addInstead')}
                </button>
              </p>
            )}
          </div>
          <Facts due={due} facts={facts.data} />
        </div>
        <p className="acts">
          <Button kind="primary" submit busy={saving.isPending} disabled={!ready}>
            {t(tellable && tell.trim() ? 'promises:broken.act' : 'promises:broken.actInside')}
          </Button>
          <Button kind="quiet" onClick={onClose}>
            {t('desk:button.cancel')}
          </Button>
        </p>
      </form>
    </Dialog>
  )
}
