/** Answers with these words that did not hold, in the customer's words: what to mend, until whoever may change them says that they are right now. */
import { useState } from 'react'
import * as contract from '../../contract/saved-replies.ts'
import { Button, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { ask, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { notice, noticeFailure } from '../shell/notices.ts'

export function Lessons({ one }: { one: contract.SavedReply }) {
  const [busy, setBusy] = useState(false)
  const settle = async () => {
    setBusy(true)
    try {
      await ask(contract.settleFlags, { savedReplyId: one.id })
      renew(cache, contract.savedReplies)
      notice({ title: t('options:saved.settled'), detail: one.name })
    } catch (problem) {
      noticeFailure(problem)
    }
    setBusy(false)
  }
  if (one.flags.length === 0) return null
  return (
    <section className="lessons" aria-labelledby="lessons">
      <h2 id="lessons">{t('options:saved.flags', { count: one.flags.length })}</h2>
      <ul>
        {one.flags.map(flag => (
          <li key={flag.id}>
            <span className="small muted">
              {t(`options:saved.${flag.verdict}`)} · <Time at={flag.at} shown="short" />{' '}
              {flag.number !== null && (
                <a className="link" href={`/conversations/${flag.number}`}>{`#${flag.number}`}</a>
              )}
            </span>
            <p dir="auto">{flag.said || <span className="muted">{t('options:saved.noWords')}</span>}</p>
          </li>
        ))}
      </ul>
      <Button busy={busy} onClick={() => void settle()}>
        {t('options:saved.settle')}
      </Button>
    </section>
  )
}
