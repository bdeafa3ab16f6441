/** Why a form was refused: what happened in the server's words, what is safe, what to do. */
import type { ReactNode } from 'react'
import { FailingState } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { Problem } from '../api.ts'

export function Refused({
  error,
  title,
  safe,
  todo,
}: {
  error: Error | null
  title: string
  safe?: ReactNode
  todo?: ReactNode
}) {
  if (!error) return null
  if (error instanceof Problem && error.status === 0)
    return (
      <FailingState
        silent
        title={t('desk:state.silent')}
        happened={t('desk:state.silentHappened')}
        safe={t('desk:state.silentSafe')}
        todo={t('desk:state.silentTodo')}
      />
    )
  const problem = error instanceof Problem ? error : null
  const happened = problem?.status && problem.status < 500 ? problem.detail || problem.title : ''
  return (
    <FailingState
      title={title}
      happened={happened || t('desk:state.brokenHappened', { code: problem?.code ?? error.name })}
      safe={safe}
      todo={todo}
    />
  )
}
