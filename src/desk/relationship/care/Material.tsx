/** What there is to talk about: promises, answers, what they said last, earlier touches. Facts only; no words to copy. */
import './care.css'
import '../../../words/care.ts'
import { Link } from '@tanstack/react-router'
import type { CheckInView } from '../../../contract/care.ts'
import { PromiseChip, Time } from '../../../ui/index.ts'
import { t } from '../../../words/catalogue.ts'
import { Touches } from './Touches.tsx'

export function Material({ view }: { view: CheckInView }) {
  const { promises, answers, touches, said } = view
  if (promises.length + answers.length + touches.length === 0 && !said)
    return <p className="muted">{t('care:material.nothing')}</p>
  return (
    <div className="material">
      {said && (
        <section>
          <h2 className="section">{t('care:material.said')}</h2>
          <blockquote className="read" dir="auto">
            {said.text}
          </blockquote>
          <p className="small muted">
            <Link
              to="/conversations/$conversationId"
              params={{ conversationId: said.conversationId }}
              search={{}}
              className="link"
            >
              {said.by}
            </Link>{' '}
            <Time at={said.at} />
          </p>
        </section>
      )}
      {promises.length > 0 && (
        <section>
          <h2 className="section">{t('care:material.promises')}</h2>
          <ul>
            {promises.map(({ promise, subject }) => (
              <li key={promise.id}>
                <PromiseChip promise={promise} bare />
                {subject && (
                  <p className="small muted" dir="auto">
                    {subject}
                  </p>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {answers.length > 0 && (
        <section>
          <h2 className="section">{t('care:material.answers')}</h2>
          <ul>
            {answers.map(answer => (
              <li key={answer.conversationId}>
                <Link
                  to="/conversations/$conversationId"
                  params={{ conversationId: String(answer.number) }}
                  search={{}}
                  className="link"
                  dir="auto"
                >
                  {answer.subject || t('care:material.noSubject')}
                </Link>
                <p className="small muted">
                  {t(`care:outcome.${answer.outcome ?? 'none'}`)} <Time at={answer.at} />
                </p>
              </li>
            ))}
          </ul>
        </section>
      )}
      <Touches touches={touches} />
    </div>
  )
}
