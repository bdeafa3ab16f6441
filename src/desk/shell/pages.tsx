/** What stands in a page's place while it loads, when it breaks, and when there is none. */
import { type ErrorComponentProps, Link } from '@tanstack/react-router'
import { Bones, ErrorState, FailingState, ForbiddenState } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { Problem } from '../api.ts'

export function PageWaits() {
  return (
    <div className="page">
      <Bones />
    </div>
  )
}

export function PageFails({ error }: ErrorComponentProps) {
  return (
    <main id="page" tabIndex={-1} className="page">
      {error instanceof Problem ? (
        <ErrorState whole asked={{ error, refetch: () => location.reload() }} />
      ) : (
        <FailingState
          whole
          title={t('desk:state.screenBroken')}
          happened={t('desk:state.screenBrokenHappened')}
          safe={t('desk:state.silentSafe')}
          todo={
            <button type="button" className="link" onClick={() => location.reload()}>
              {t('desk:state.screenBrokenTodo')}
            </button>
          }
        />
      )}
    </main>
  )
}

export function PageMissing() {
  return (
    <main id="page" tabIndex={-1} className="page">
      <ForbiddenState
        whole
        acts={
          <Link to="/" className="link">
            {t('desk:state.backToToday')}
          </Link>
        }
      />
    </main>
  )
}
