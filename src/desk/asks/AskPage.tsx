/** One ask by itself: all that an expert needs, whatever else they may see; and for those who asked the way to the conversation. */
import '../conversation/stream.css'
import './asks.css'
import { IconMessageQuestion } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Bones, ErrorState, ForbiddenState, Portrait, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Paragraphs } from '../conversation/MailBody.tsx'
import { useMe } from '../session/me.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { AskActs } from './AskActs.tsx'
import { AskStanding } from './AskStanding.tsx'
import { AskTalk } from './AskTalk.tsx'
import { askQuery } from './queries.ts'

export function AskPage() {
  const { askId } = useParams({ from: '/desk/asks/$askId' })
  const me = useMe()
  const asked = useQuery(askQuery(askId))
  const view = asked.data
  usePageTitle(view ? t('asks:pageTitle', { words: view.words }) : t('asks:mine'))
  if (!view)
    return (
      <main id="page" tabIndex={-1} className="page">
        {asked.error && 'status' in asked.error && asked.error.status === 404 ? (
          <ForbiddenState whole title={t('asks:nothingHere')} acts={<Back />} />
        ) : asked.error ? (
          <ErrorState whole asked={asked} />
        ) : (
          <Bones shape="stream" />
        )}
      </main>
    )
  const mine = view.expert.id === me.id
  const { conversation } = view
  return (
    <main id="page" tabIndex={-1} className="page askpage">
      <p className="small muted">
        <Back />
      </p>
      <h1 className="title">
        {mine
          ? t('asks:asksYou', { name: view.by.name })
          : t('asks:label.they', { by: view.by.name, name: view.expert.name })}
      </h1>
      {conversation && (
        <p className="small">
          <Link
            to="/conversations/$conversationId"
            params={{ conversationId: String(conversation.number) }}
            search={{}}
            className="link"
          >
            {t('asks:in', { number: conversation.number, subject: conversation.subject })}
          </Link>
        </p>
      )}
      {view.context.length > 0 && (
        <section className="along" aria-label={t('asks:along')}>
          <h2 className="section">{t('asks:along')}</h2>
          {view.context.map(message => (
            <blockquote key={message.id} dir="auto">
              <p className="small muted">
                <bdi className="strong">{message.author}</bdi> <Time at={message.at} shown="short" />
              </p>
              <div className="read written">
                <Paragraphs text={message.text} />
              </div>
            </blockquote>
          ))}
        </section>
      )}
      <article className="inside ask" aria-label={t('asks:question')}>
        <Portrait name={view.by.name} us />
        <div>
          <p className="label">
            <IconMessageQuestion className="i" aria-hidden="true" />
            <bdi>{view.by.id === me.id ? t('asks:label.you', { name: view.expert.name }) : view.by.name}</bdi>{' '}
            <span>· {t('conversation:onlyInside')}</span>
            <Time at={view.askedAt} shown="short" />
          </p>
          <AskTalk view={view} me={me.id} />
          <AskStanding view={view} me={me.id} />
          {conversation && <AskActs view={view} me={me.id} />}
        </div>
      </article>
      {view.may.answer && view.state !== 'closed' && <AnswerForm key={view.id} view={view} me={me.id} />}
    </main>
  )
}

const Back = () => (
  <Link to="/asks" className="link">
    {t('asks:mine')}
  </Link>
)
