/** Opens a one-time link: the first account, an invitation, a new password, or signing in. Looking at a link does not use it up. */
import { useMutation, useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect, useState } from 'react'
import * as session from '../../contract/session.ts'
import { Button, FailingState, firstName } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, query } from '../api.ts'
import { usePageTitle } from '../shell/usePageTitle.ts'
import { FirstAccount } from './FirstAccount.tsx'
import { NewPassword } from './NewPassword.tsx'
import { Outside, Saying } from './Outside.tsx'
import { Refused } from './Refused.tsx'
import { useEntering } from './useEntering.tsx'

/** The token, taken out of the address bar so that it stays in no history and no screenshot. */
function useToken(): string | null {
  const [token] = useState(() => new URLSearchParams(location.hash.slice(1)).get('token'))
  useEffect(() => {
    if (token) history.replaceState(history.state, '', location.pathname)
  }, [token])
  return token
}

export function LinkPage() {
  usePageTitle(t('session:link.title'))
  const token = useToken()
  const look = useQuery({
    queryKey: [session.lookAtLink.path, token],
    queryFn: () => ask(session.lookAtLink, { token: token ?? '' }),
    enabled: token !== null,
    retry: false,
  })
  const welcome = useQuery(query(session.welcome, {}))
  if (token === null || look.isError) return <NoLink error={look.error} name={welcome.data?.name} />
  if (!look.data)
    return (
      <Outside name={undefined} beside={<Saying />}>
        <p className="muted">{t('desk:state.loading')}</p>
      </Outside>
    )
  const { purpose, name } = look.data
  if (purpose === 'first-administrator') return <FirstAccount token={token} />
  if (purpose === 'sign-in') return <SignInByLink token={token} name={name} installation={welcome.data?.name} />
  return <NewPassword token={token} link={look.data} installation={welcome.data?.name} />
}

function SignInByLink({
  token,
  name,
  installation,
}: {
  token: string
  name: string | null
  installation: string | undefined
}) {
  const { step, entered } = useEntering(installation)
  const using = useMutation({ mutationFn: () => ask(session.useLink, { token }), onSuccess: entered })
  if (step) return step
  return (
    <Outside name={installation} beside={<Saying />}>
      <h1 className="title">
        {name ? t('session:link.hello', { name: firstName(name) }) : t('session:link.helloNobody')}
      </h1>
      <p className="muted">{t('session:link.once')}</p>
      <Refused error={using.error} title={t('session:link.failed')} />
      <p className="acts alone">
        <Button kind="primary" busy={using.isPending} onClick={() => using.mutate()}>
          {t('session:signIn.act')}
        </Button>
      </p>
    </Outside>
  )
}

function NoLink({ error, name }: { error: Error | null; name: string | undefined }) {
  const problem = error instanceof Problem ? error : null
  return (
    <Outside name={name} beside={<Saying />}>
      <h1 className="title">{t('session:noLink.title')}</h1>
      <FailingState
        title={problem?.title || t('session:noLink.head')}
        happened={
          problem?.status === 0 ? t('desk:state.silentHappened') : problem?.detail || t('session:noLink.happened')
        }
        safe={t('session:noLink.safe')}
        todo={
          <>
            {t('session:noLink.todo')}{' '}
            <Link to="/sign-in" search={{}} className="link">
              {t('session:noLink.signIn')}
            </Link>
          </>
        }
      />
    </Outside>
  )
}
