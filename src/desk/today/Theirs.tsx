/** What others promised us: with a word to say that it came. */
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { type DuePromise, keepPromise } from '../../contract/promises.ts'
import { firstName, PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask } from '../api.ts'
import { notice, noticeFailure } from '../shell/notices.ts'
import { renewToday } from './todayQuery.ts'

export function Theirs({ due }: { due: readonly DuePromise[] }) {
  const keeping = useMutation({
    mutationFn: (promiseId: string) => ask(keepPromise, { promiseId }),
    onSuccess: () => {
      notice({ title: t('today:theirs.thanked') })
      renewToday()
    },
    onError: error => noticeFailure(error),
  })
  return (
    <section>
      <h2 className="section">{t('desk:promise.theirs')}</h2>
      {due.length === 0 && <p className="small muted">{t('today:theirs.none')}</p>}
      <ul>
        {due.map(({ promise, conversation }) => (
          <li key={promise.id} className="it">
            <PromiseChip
              promise={promise}
              bare
              words={t('desk:promise.said', { name: promise.by.name, words: promise.words })}
            />
            <p className="small muted done">
              {conversation && (
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: conversation.id }}
                  search={{}}
                  className="cut"
                >
                  {conversation.subject}
                </Link>
              )}
              <button
                type="button"
                className="link"
                disabled={keeping.isPending}
                aria-label={t('today:theirs.keptLabel', { name: promise.by.name, words: promise.words })}
                onClick={() => keeping.mutate(promise.id)}
              >
                {t('today:theirs.kept', { name: firstName(promise.by.name) })}
              </button>
            </p>
          </li>
        ))}
      </ul>
    </section>
  )
}
