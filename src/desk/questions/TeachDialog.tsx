/** From one answer to words for everybody: what was theirs alone is held back, the rest is looked over and kept as a saved reply. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { ConversationView } from '../../contract/conversations.ts'
import * as contract from '../../contract/questions.ts'
import { makeSavedReply, savedReplies, type Whose } from '../../contract/saved-replies.ts'
import { Area, Bones, Choice, Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'
import { ask, Problem, query, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { intoReply } from '../compose/intoReply.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { notice } from '../shell/notices.ts'
import { renewQuestions } from './queries.ts'

type Props = {
  view: ConversationView
  earlier: contract.EarlierQuestion
  recurring: contract.RecurringQuestion | null
  onClose: () => void
}

export function TeachDialog({ view, earlier, recurring, onClose }: Props) {
  const me = useMe()
  const asked = useQuery(query(contract.earlierAnswer, { conversationId: view.id, earlierId: earlier.conversationId }))
  const [name, setName] = useState((earlier.subject || earlier.excerpt).slice(0, 100))
  const [text, setText] = useState<string | null>(null)
  const leads = me.administrator || me.teams.some(({ id, role }) => id === view.team.id && role === 'lead')
  const [whose, setWhose] = useState<'mine' | 'team'>(leads ? 'team' : 'mine')
  const [put, setPut] = useState(view.may.write && view.mailbox !== null)
  useEffect(() => {
    if (asked.data && text === null) setText(plainText(asked.data.html))
  }, [asked.data, text])
  const keeping = useMutation({
    mutationFn: async () => {
      const body = paragraphs(text ?? '')
      const owner: Whose = whose === 'team' ? { is: 'team', teamId: view.team.id } : { is: 'mine' }
      const language = asked.data?.language ?? me.installation.language
      const { savedReply } = await ask(makeSavedReply, { name: name.trim(), whose: owner, texts: [{ language, body }] })
      if (recurring) await ask(contract.teachWith, { recurringId: recurring.id, savedReplyId: savedReply.id })
      return body
    },
    onSuccess: async body => {
      onClose()
      renew(cache, savedReplies)
      renewQuestions()
      if (put) await intoReply(view, me.id, body)
      notice({ title: t('questions:teachDone'), ...(put ? { detail: t('questions:teachPut') } : {}) })
    },
  })
  const problem = keeping.error instanceof Problem ? keeping.error : null
  return (
    <Dialog
      title={t('questions:teachTitle')}
      lead={t('questions:teachLead')}
      act={t('questions:keepTeach')}
      busy={keeping.isPending || asked.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => name.trim() && (text ?? '').trim() && keeping.mutate()}
      onClose={onClose}
    >
      <Field
        label={t('questions:teachName')}
        required
        maxLength={100}
        dir="auto"
        value={name}
        onChange={event => setName(event.currentTarget.value)}
      />
      {text === null ? (
        <Bones rows={4} />
      ) : (
        <Area
          label={t('questions:teachText')}
          help={
            asked.data && asked.data.heldBack > 0 ? t('questions:heldBack', { count: asked.data.heldBack }) : undefined
          }
          required
          rows={8}
          dir="auto"
          maxLength={50_000}
          value={text}
          onChange={event => setText(event.currentTarget.value)}
        />
      )}
      {leads && (
        <Choice
          label={t('questions:teachWhose')}
          value={whose}
          onChange={event => setWhose(event.currentTarget.value as 'mine' | 'team')}
        >
          <option value="team">{view.team.name}</option>
          <option value="mine">{t('questions:mine')}</option>
        </Choice>
      )}
      {view.may.write && view.mailbox && (
        <Tick label={t('questions:alsoPut')} checked={put} onChange={event => setPut(event.currentTarget.checked)} />
      )}
    </Dialog>
  )
}

function plainText(html: string): string {
  const ends = html.replace(/<\/(?:p|div|li|h[1-6]|blockquote)>/g, '\n\n').replace(/<br\s*\/?>/g, '\n')
  const text = new DOMParser().parseFromString(ends, 'text/html').body.textContent ?? ''
  return text.replace(/\n{3,}/g, '\n\n').trim()
}

function paragraphs(text: string): string {
  const safe = (line: string) => line.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
  return text
    .split(/\n\s*\n/)
    .filter(each => each.trim() !== '')
    .map(each => `<p>${safe(each.trim()).replaceAll('\n', '<br>')}</p>`)
    .join('')
}
