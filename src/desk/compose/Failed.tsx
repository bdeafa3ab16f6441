/** Why a reply has not gone out, what is safe, what to do. */
import { t } from '../../words/desk.ts'
import type { Problem } from '../api.ts'

export function Failed({ problem }: { problem: Problem }) {
  return (
    <div className="failed small" role="alert">
      <p className="strong">{t('compose:failed.title')}</p>
      <p>
        {problem.code === 'silent' ? t('desk:state.silentHappened') : problem.detail || problem.title || problem.code}
      </p>
      {problem.fields.map(({ path, says }) => (
        <p key={path}>{says}</p>
      ))}
      <p className="muted">{t('compose:failed.safe')}</p>
    </div>
  )
}
