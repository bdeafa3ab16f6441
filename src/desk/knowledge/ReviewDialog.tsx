/** Asking a colleague to look before it is published, and giving it back with a word. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as contract from '../../contract/knowledge.ts'
import { colleagues } from '../../contract/teams.ts'
import { Area, Choice } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, Problem, query } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { notice } from '../shell/notices.ts'
import { haveNow } from './queries.ts'

type Props = { articleId: string; language: string; onClose: () => void }

export function ReviewDialog({ articleId, language, onClose }: Props) {
  const me = useMe()
  const { data } = useQuery(query(colleagues, {}))
  const [reviewerId, setReviewerId] = useState('')
  const asking = useMutation({
    mutationFn: () => ask(contract.askReview, { articleId, language, reviewerId: reviewerId || null }),
    onSuccess: answer => {
      haveNow(answer)
      onClose()
      notice({ title: t('knowledge:reviewAsked') })
    },
  })
  const problem = asking.error instanceof Problem ? asking.error : null
  return (
    <Dialog
      title={t('knowledge:askReview')}
      lead={t('knowledge:askReviewLead')}
      act={t('knowledge:askReview')}
      busy={asking.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => asking.mutate()}
      onClose={onClose}
    >
      <Choice
        label={t('knowledge:reviewWho')}
        value={reviewerId}
        onChange={event => setReviewerId(event.currentTarget.value)}
      >
        <option value="">{t('knowledge:reviewAnybody')}</option>
        {data?.colleagues
          .filter(({ id }) => id !== me.id)
          .map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
      </Choice>
    </Dialog>
  )
}

export function RemarkDialog({ articleId, language, onClose }: Props) {
  const [remark, setRemark] = useState('')
  const sending = useMutation({
    mutationFn: () => ask(contract.sendBack, { articleId, language, remark }),
    onSuccess: answer => {
      haveNow(answer)
      onClose()
      notice({ title: t('knowledge:sentBack') })
    },
  })
  const problem = sending.error instanceof Problem ? sending.error : null
  return (
    <Dialog
      title={t('knowledge:sendBack')}
      act={t('knowledge:sendBack')}
      busy={sending.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => sending.mutate()}
      onClose={onClose}
    >
      <Area
        label={t('knowledge:remark')}
        help={t('knowledge:remarkHelp')}
        rows={4}
        maxLength={2000}
        dir="auto"
        value={remark}
        onChange={event => setRemark(event.currentTarget.value)}
      />
    </Dialog>
  )
}
