/** How it stands with the cause of a question: who decides by when, or what was decided. */
import type { RecurringQuestion } from '../../contract/questions.ts'
import { PromiseChip } from '../../ui/index.ts'
import { t } from '../../words/questions.ts'

export function Standing({ question }: { question: RecurringQuestion }) {
  const { decision, outcome } = question
  if (outcome)
    return (
      <p className="small muted" dir="auto">
        {t('questions:outcomeWords', { outcome: t(`questions:outcome.${outcome.is}`), words: outcome.words })}
      </p>
    )
  return decision?.endedAt === null ? (
    <p>
      <PromiseChip promise={decision} bare />
    </p>
  ) : null
}
