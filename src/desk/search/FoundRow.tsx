/** One conversation that was found: when, with whom, its subject and the words where they stand, and what is promised. */
import { IconEyeOff, IconPaperclip } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { Found } from '../../contract/search.ts'
import { Portrait, PromiseChip, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { useMe } from '../session/me.ts'
import { Marks } from './Marks.tsx'

const look = { size: 15, stroke: 1.7, 'aria-hidden': true } as const

export function FoundRow({ found, onOpen }: { found: Found; onOpen: () => void }) {
  const { conversation, message } = found
  const me = useMe()
  const note = message?.kind === 'note'
  const owner =
    conversation.owner === null
      ? t('search:nobody')
      : conversation.owner.id === me.id
        ? t('search:yours')
        : t('search:ownerIs', { name: conversation.owner.name })
  const facts = [
    String(conversation.number),
    t(`search:state.${conversation.state}`),
    owner,
    me.teams.find(({ id }) => id === conversation.teamId)?.name,
    found.matches > 1 ? t('search:messages', { count: found.matches }) : undefined,
  ].filter(Boolean)
  return (
    <Link
      to="/conversations/$conversationId"
      params={{ conversationId: conversation.id }}
      search={{}}
      className="hit"
      data-hit
      onClick={onOpen}
    >
      <span className="when">
        <Time at={message?.at ?? conversation.lastAt} />
      </span>
      <Portrait name={conversation.customer.name} size="s" />
      <span className="what">
        <span className="head">
          <bdi className="subject">
            <Marks of={found.subject} />
          </bdi>
          {conversation.promise && <PromiseChip promise={conversation.promise} bare words="" />}
        </span>
        {message?.file && (
          <span className="file">
            <IconPaperclip {...look} />
            <span className="sr">{t('search:file')}</span>
            <bdi>
              <Marks of={message.file} />
            </bdi>
          </span>
        )}
        {message && message.excerpt.text !== '' && (
          <span className="excerpt" data-note={note || undefined} dir="auto">
            {note && (
              <span className="inside">
                <IconEyeOff {...look} /> {t('search:note')}{' '}
              </span>
            )}
            <Marks of={message.excerpt} />
          </span>
        )}
        <span className="facts">
          <bdi className="by">
            <Marks of={found.customer} />
          </bdi>
          {facts.map(fact => (
            <span key={fact}>
              {' · '}
              <bdi>{fact}</bdi>
            </span>
          ))}
        </span>
      </span>
    </Link>
  )
}
