/** The second step of signing in: a passkey, a code of the authenticator, or a recovery code. When it took too long one begins again. */
import { IconFingerprint } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import * as security from '../../contract/security.ts'
import type { Me, Second } from '../../contract/session.ts'
import { Button, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { ask, Problem } from '../api.ts'
import { Outside, Saying } from './Outside.tsx'
import { Refused } from './Refused.tsx'

type Props = { second: Second; name: string | undefined; onIn: (me: Me) => void; onOver: () => void }

export function SecondStep({ second, name, onIn, onOver }: Props) {
  const { ticket, ways } = second
  const [by, setBy] = useState(ways[0] ?? 'authenticator')
  const [code, setCode] = useState('')
  const done = { onSuccess: ({ me }: { me: Me }) => onIn(me) }
  const coding = useMutation({ mutationFn: () => ask(security.secondByCode, { ticket, code }), ...done })
  const touching = useMutation({
    mutationFn: async () => {
      const [{ answerOf }, { options }] = await Promise.all([
        import('./passkey.ts'),
        ask(security.secondPasskeyOptions, { ticket }),
      ])
      return ask(security.secondByPasskey, { ticket, answer: await answerOf(options) })
    },
    ...done,
  })
  const error = coding.error ?? touching.error
  const over = error instanceof Problem && error.code === 'sign-in-over'
  const take = (way: typeof by) => {
    coding.reset()
    touching.reset()
    setCode('')
    setBy(way)
  }
  const recovery = by === 'recovery-code'
  return (
    <Outside name={name} beside={<Saying />}>
      <h1 className="title">{t('security:second.title')}</h1>
      <p className="muted">{t(by === 'authenticator' ? 'security:second.codeLead' : 'security:second.lead')}</p>
      <Refused
        error={error}
        title={t('security:second.failed')}
        todo={
          over && (
            <button type="button" className="link" onClick={onOver}>
              {t('security:second.over')}
            </button>
          )
        }
      />
      {by === 'passkey' ? (
        <p className="acts alone">
          <Button
            kind="primary"
            icon={<IconFingerprint size={18} aria-hidden="true" />}
            busy={touching.isPending}
            onClick={() => touching.mutate()}
          >
            {t('security:second.passkey')}
          </Button>
        </p>
      ) : (
        <form
          onSubmit={event => {
            event.preventDefault()
            coding.mutate()
          }}
        >
          <Field
            key={by}
            label={t(recovery ? 'security:second.recovery' : 'security:second.code')}
            help={t(recovery ? 'security:second.recoveryHelp' : 'security:second.codeHelp')}
            autoComplete={recovery ? 'off' : 'one-time-code'}
            inputMode={recovery ? 'text' : 'numeric'}
            autoCapitalize="off"
            spellCheck={false}
            autoFocus
            required
            minLength={6}
            maxLength={40}
            value={code}
            aria-invalid={coding.isError || undefined}
            onChange={event => setCode(event.currentTarget.value)}
          />
          <p className="acts">
            <Button kind="primary" submit busy={coding.isPending}>
              {t('security:second.act')}
            </Button>
          </p>
        </form>
      )}
      <p className="acts otherways">
        {by !== 'passkey' && ways.includes('passkey') && (
          <Button kind="quiet" onClick={() => take('passkey')}>
            {t('security:second.passkey')}
          </Button>
        )}
        {by !== 'authenticator' && ways.includes('authenticator') && (
          <Button kind="quiet" onClick={() => take('authenticator')}>
            {t('security:second.useCode')}
          </Button>
        )}
        {!recovery && ways.includes('recovery-code') && (
          <Button kind="quiet" onClick={() => take('recovery-code')}>
            {t('security:second.useRecovery')}
          </Button>
        )}
      </p>
      <p className="small muted again">{t('security:second.lost')}</p>
    </Outside>
  )
}
