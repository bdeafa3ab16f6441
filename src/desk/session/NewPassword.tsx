/** An invitation, or a new password: choose it and be signed in. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as session from '../../contract/session.ts'
import { Button, firstName } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, type Output, Problem } from '../api.ts'
import { Outside, Saying } from './Outside.tsx'
import { PasswordField, shortestPassword } from './PasswordField.tsx'
import { Refused } from './Refused.tsx'
import { useEntering } from './useEntering.tsx'

type Props = { token: string; link: Output<typeof session.lookAtLink>; installation: string | undefined }

export function NewPassword({ token, link, installation }: Props) {
  const { step, entered } = useEntering(installation)
  const [password, setPassword] = useState('')
  const using = useMutation({
    mutationFn: () => ask(session.useLink, { token, password }),
    onSuccess: entered,
  })
  if (step) return step
  const invited = link.purpose === 'invitation'
  const words = { name: link.name ? firstName(link.name) : '', organisation: installation ?? '' }
  return (
    <Outside name={installation} beside={<Saying />}>
      <h1 className="title">{t(invited ? 'session:invited.title' : 'session:newPassword.title', words)}</h1>
      <p className="muted">{t(invited ? 'session:invited.lead' : 'session:newPassword.lead', words)}</p>
      <form
        onSubmit={event => {
          event.preventDefault()
          using.mutate()
        }}
      >
        <Refused error={using.error} title={t('session:link.failed')} />
        {link.address && (
          <input
            className="sr"
            type="email"
            autoComplete="username"
            value={link.address}
            readOnly
            tabIndex={-1}
            aria-hidden="true"
          />
        )}
        <PasswordField
          value={password}
          onChange={setPassword}
          error={using.error instanceof Problem ? using.error.about('password') : undefined}
        />
        <p className="acts">
          <Button kind="primary" submit busy={using.isPending} disabled={password.length < shortestPassword}>
            {t(invited ? 'session:invited.act' : 'session:newPassword.act')}
          </Button>
        </p>
      </form>
    </Outside>
  )
}
