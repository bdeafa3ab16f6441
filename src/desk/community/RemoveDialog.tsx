/** Taking a post away: with a word for whoever wrote it, unless it is one's own. It can be taken back. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { Area } from '../../ui/index.ts'
import { t } from '../../words/community.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { renewCommunity } from './queries.ts'

type Props = {
  name: string
  own: boolean
  /** with all that was said to it */
  whole?: boolean
  /** `undoes`: it tells of it itself, with the way back */
  onRemove: (because: string) => Promise<unknown>
  undoes?: boolean
  onDone?: () => void
  onClose: () => void
}

export function RemoveDialog({ name, own, whole = false, onRemove, undoes = false, onDone, onClose }: Props) {
  const [because, setBecause] = useState('')
  const removing = useMutation({
    mutationFn: () => onRemove(because.trim()),
    onSuccess: () => {
      renewCommunity()
      if (!undoes) notice({ title: t('community:settled.remove') })
      onClose()
      onDone?.()
    },
  })
  return (
    <Dialog
      title={t(whole ? 'community:removing.topic' : 'community:removing.post')}
      lead={t(whole ? 'community:removing.topicLead' : 'community:removing.postLead')}
      act={t('community:removing.act')}
      busy={removing.isPending}
      failed={removing.error}
      onAct={() => removing.mutate()}
      onClose={onClose}
    >
      {!own && (
        <Area
          label={t('community:removing.because', { name })}
          help={t('community:removing.becauseHelp')}
          dir="auto"
          rows={3}
          maxLength={500}
          value={because}
          onChange={event => setBecause(event.currentTarget.value)}
        />
      )}
    </Dialog>
  )
}
