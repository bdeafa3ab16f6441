/** The mail domains of an organisation, one a line. They suggest who belongs to it, and grant nothing. */
import { useState } from 'react'
import { setDomains } from '../../contract/organisations.ts'
import { Area } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { ask, Problem } from '../api.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { notice } from '../shell/notices.ts'
import { type Organisation, renewSubject } from './queries.ts'

export function DomainsDialog({ page, onClose }: { page: Organisation; onClose: () => void }) {
  const [text, setText] = useState(page.domains.join('\n'))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<Problem | null>(null)
  const keep = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const domains = text.split(/[\s,;]+/).filter(Boolean)
      const { suggested } = await ask(setDomains, { organisationId: page.id, domains })
      renewSubject({ is: 'organisation', id: page.id })
      if (suggested > 0) notice({ title: t('relationship:domains.suggested', { count: suggested }) })
      onClose()
    } catch (error) {
      if (!(error instanceof Problem)) throw error
      setProblem(error)
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={t('relationship:domains.title', { name: page.name })}
      lead={t('relationship:domains.help')}
      act={t('desk:button.save')}
      busy={busy}
      error={problem ? [problem.title, problem.detail].filter(Boolean).join('. ') : undefined}
      onClose={onClose}
      onAct={() => void keep()}
    >
      <Area
        label={t('relationship:domains.label')}
        data-autofocus
        dir="ltr"
        rows={4}
        value={text}
        onChange={event => setText(event.currentTarget.value)}
      />
    </Dialog>
  )
}
