/** Publishing one language: now, or at a time; under which address. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { Field, Tick } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, Problem } from '../api.ts'
import { WhenField } from '../compose/WhenField.tsx'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { haveNow } from './queries.ts'

type Props = {
  article: contract.ArticleView
  language: string
  path: string | null
  onDone: () => void
  onClose: () => void
}

export function PublishDialog({ article, language, path, onDone, onClose }: Props) {
  const slug = decodeURIComponent(path?.split('/').at(-1) ?? '')
  const [address, setAddress] = useState(slug)
  const [later, setLater] = useState(false)
  const [at, setAt] = useState<string | null>(null)
  const work = article.editions.find(each => each.language === language)?.work
  const publishing = useMutation({
    mutationFn: () =>
      ask(contract.publishArticle, {
        ...{ articleId: article.id, language, at: later ? at : null },
        ...(address.trim() && address.trim() !== slug ? { slug: address.trim() } : {}),
      }),
    onSuccess: answer => {
      haveNow(answer)
      onDone()
      onClose()
      notice({ title: t(later ? 'knowledge:scheduled' : 'knowledge:published') })
    },
  })
  const problem = publishing.error instanceof Problem ? publishing.error : null
  return (
    <Dialog
      title={t('knowledge:publishTitle')}
      lead={t(`knowledge:publishLead.${article.audience}`)}
      act={t(later ? 'knowledge:schedule' : 'knowledge:publish')}
      busy={publishing.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => (later && !at ? undefined : publishing.mutate())}
      onClose={onClose}
    >
      <Field
        label={t('knowledge:address')}
        help={t('knowledge:addressHelp')}
        maxLength={100}
        dir="auto"
        placeholder={t('knowledge:addressLike')}
        value={address}
        onChange={event => setAddress(event.currentTarget.value)}
      />
      {work && (
        <Tick label={t('knowledge:later')} checked={later} onChange={event => setLater(event.currentTarget.checked)} />
      )}
      {later && <WhenField value={at} label={t('knowledge:publishAt')} onChange={setAt} open />}
    </Dialog>
  )
}
