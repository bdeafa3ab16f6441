/** What was promised when a conversation changes hands: each promise is taken over as it stands, or gets a new time that stands in the introduction. */
import type { ConversationView } from '../../contract/conversations.ts'
import { Field, fullMoment, PromiseChip, Tick, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { WhenField } from '../compose/WhenField.tsx'

type Promises = ConversationView['promises']
export type Moved = { promiseId: string; dueAt: string; words: string }

/** Open ones of ours; whether it held was asked already where a follow-up was told. */
export const passing = (view: ConversationView): Promises =>
  view.promises.filter(
    ({ direction, endedAt, kind, toldAt }) =>
      direction === 'ours' && endedAt === null && kind !== 'reminder' && !(kind === 'follow-up' && toldAt !== null),
  )

type Props = { view: ConversationView; name: string; moved: readonly Moved[]; onChange: (moved: Moved[]) => void }

export function PassedPromises({ view, name, moved, onChange }: Props) {
  const place = usePlace()
  const promises = passing(view)
  if (promises.length === 0) return null
  const put = (one: Moved) => onChange([...moved.filter(({ promiseId }) => promiseId !== one.promiseId), one])
  return (
    <fieldset className="passed">
      <legend className="section">{t('conversation:handOver.promises')}</legend>
      <p className="small muted">{t('conversation:handOver.promisesHelp', { name })}</p>
      <ul>
        {promises.map(promise => {
          const one = moved.find(({ promiseId }) => promiseId === promise.id)
          return (
            <li key={promise.id}>
              <PromiseChip promise={promise} bare />
              <Tick
                label={t('conversation:handOver.newTime')}
                checked={one !== undefined}
                onChange={event =>
                  event.currentTarget.checked
                    ? put({
                        promiseId: promise.id,
                        dueAt: laterOf(promise.dueAt, view.reply.getBackAt),
                        words:
                          promise.automatic || !promise.words.trim()
                            ? t('conversation:handOver.weAnswer')
                            : promise.words,
                      })
                    : onChange(moved.filter(({ promiseId }) => promiseId !== promise.id))
                }
              />
              {one && (
                <div className="newtime">
                  <p title={fullMoment(Date.parse(one.dueAt), place)}>
                    {t('conversation:handOver.until')}{' '}
                    <WhenField
                      value={one.dueAt}
                      label={t('conversation:handOver.until')}
                      onChange={dueAt => put({ ...one, dueAt })}
                    />
                  </p>
                  {(promise.kind === 'reply' || promise.kind === 'action') && (
                    <Field
                      label={t('conversation:handOver.newWords')}
                      help={t('conversation:handOver.newWordsHelp', { name })}
                      dir="auto"
                      maxLength={2000}
                      value={one.words}
                      onChange={event => put({ ...one, words: event.target.value })}
                    />
                  )}
                </div>
              )}
            </li>
          )
        })}
      </ul>
    </fieldset>
  )
}

const laterOf = (one: string, other: string) => (Date.parse(one) > Date.parse(other) ? one : other)
