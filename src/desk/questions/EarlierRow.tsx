/** One earlier question with what we answered. It opens; its answer begins a reply or a page; it can be told apart. */
import { IconCircleCheck, IconDots } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ConversationView } from '../../contract/conversations.ts'
import type { EarlierQuestion } from '../../contract/questions.ts'
import { firstName, relative, useNow } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { Menu } from '../pieces/Menu.tsx'
import { useMe } from '../session/me.ts'
import { putAnswer, tellApart } from './acts.ts'

type Props = { view: ConversationView; question: EarlierQuestion; own: boolean; onTeach: () => void }

export function EarlierRow({ view, question, own, onTeach }: Props) {
  const me = useMe()
  const now = useNow()
  const { answer, subject, number, excerpt } = question
  const writes = view.may.write && view.mailbox !== null
  const time = answer && relative(Date.parse(answer.at), now)
  const items = [
    ...(answer && writes ? [{ label: t('questions:insert'), run: () => void putAnswer(view, me, question) }] : []),
    ...(answer ? [{ label: t('questions:teach'), run: onTeach }] : []),
    ...(view.may.write ? [{ label: t('questions:apart'), run: () => void tellApart(view, question) }] : []),
  ]
  return (
    <li>
      <p className="top">
        <Link
          to="/conversations/$conversationId"
          params={{ conversationId: String(number) }}
          search={{}}
          className="cut strong"
          dir="auto"
          title={excerpt}
        >
          {subject || excerpt}
        </Link>
        {items.length > 0 && (
          <Menu
            label={t('questions:actsOn', { subject: subject || excerpt })}
            position="bottom-end"
            items={items}
            target={
              <button
                type="button"
                className="icon"
                aria-label={t('questions:actsOn', { subject: subject || excerpt })}
              >
                <IconDots size={16} stroke={1.6} aria-hidden="true" />
              </button>
            }
          />
        )}
      </p>
      <p className="small muted">
        {answer
          ? answer.by
            ? t('questions:answered', { name: firstName(answer.by.name), time })
            : t('questions:answeredBySomebody', { time })
          : t('questions:noAnswer')}
        {answer?.verified && (
          <span className="held">
            <IconCircleCheck size={14} stroke={1.6} aria-hidden="true" /> {t('questions:verified')}
          </span>
        )}
      </p>
      {answer && (
        <p className="small two" dir="auto">
          {answer.excerpt}
        </p>
      )}
      {!own && question.customer.name && <p className="small muted cut">{question.customer.name}</p>}
    </li>
  )
}
