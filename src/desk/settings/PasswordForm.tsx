/** A new password, with the one in use first. */
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { changePassword, sessions } from '../../contract/session.ts'
import { Button, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem, renew } from '../api.ts'
import { cache } from '../cache.ts'
import { PasswordField, shortestPassword } from '../session/PasswordField.tsx'
import { Refused } from '../session/Refused.tsx'
import { notice } from '../shell/notices.ts'

export function PasswordForm() {
  const [given, setGiven] = useState({ now: '', next: '' })
  const changing = useMutation({
    mutationFn: () => ask(changePassword, given),
    onSuccess: () => {
      setGiven({ now: '', next: '' })
      notice({ title: t('settings:password.changed'), detail: t('settings:password.changedNote') })
      renew(cache, sessions)
    },
  })
  const about = (path: string) => (changing.error instanceof Problem ? changing.error.about(path) : undefined)
  return (
    <section className="block">
      <h2 className="section">{t('session:password')}</h2>
      <form
        className="form"
        onSubmit={event => {
          event.preventDefault()
          changing.mutate()
        }}
      >
        <Refused error={changing.error} title={t('settings:password.failed')} safe={t('settings:password.safe')} />
        <Field
          label={t('settings:password.now')}
          type="password"
          autoComplete="current-password"
          required
          value={given.now}
          error={about('now')}
          onChange={event => setGiven({ ...given, now: event.currentTarget.value })}
        />
        <PasswordField
          label={t('settings:password.next')}
          value={given.next}
          error={about('next')}
          onChange={next => setGiven({ ...given, next })}
        />
        <p className="acts">
          <Button submit busy={changing.isPending} disabled={!given.now || given.next.length < shortestPassword}>
            {t('settings:password.act')}
          </Button>
        </p>
      </form>
    </section>
  )
}
