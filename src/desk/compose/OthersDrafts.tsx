/** "Bram has a draft": what colleagues have begun here, to read before one writes the same. Changes nothing of theirs. */
import { IconPencil } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { draftsOfOthers } from '../../contract/writing.ts'
import { firstName, Time } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { query } from '../api.ts'

export function OthersDrafts({ conversationId, kind }: { conversationId: string; kind: 'reply' | 'note' }) {
  const { data } = useQuery(query(draftsOfOthers, { conversationId }))
  const drafts = data?.drafts.filter(draft => draft.kind === kind) ?? []
  return drafts.map(({ person, text, cut, savedAt }) => (
    <details key={person.id} className="otherdraft small">
      <summary>
        <IconPencil size={15} stroke={1.6} aria-hidden="true" />{' '}
        {t(`compose:othersDraft.${kind}`, { name: firstName(person.name) })}{' '}
        <Time at={savedAt} shown="short" className="muted" />
      </summary>
      <p className="muted">{t('compose:othersDraft.only')}</p>
      <blockquote dir="auto">
        {text}
        {cut && ' …'}
      </blockquote>
    </details>
  ))
}
