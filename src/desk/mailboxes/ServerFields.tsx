/** A mail server's fields: name and port on one line, how it is encrypted, and who signs in. */
import { useId } from 'react'
import { Choice, Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import type { Draft } from './draft.ts'

type Server = Draft['smtp']
type Props = {
  is: 'imap' | 'smtp'
  server: Server
  oauth: boolean
  stored: boolean
  withoutSignIn?: boolean
  wrong: { host: string | undefined; port: string | undefined; user: string | undefined }
  change: (part: Partial<Server>) => void
}
const usual = { imap: { tls: '993', starttls: '143', none: '143' }, smtp: { tls: '465', starttls: '587', none: '25' } }

export function ServerFields({ is, server, oauth, stored, withoutSignIn, wrong, change }: Props) {
  const id = useId()
  const error = wrong.host ?? wrong.port
  return (
    <>
      <div className="labelled">
        <div className="top">
          <label htmlFor={`${id}-host`}>{t('settings:connect.server')}</label>
        </div>
        <div className="host-port">
          <input
            id={`${id}-host`}
            className="field"
            required
            value={server.host}
            aria-invalid={wrong.host ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            onChange={event => change({ host: event.currentTarget.value })}
            spellCheck={false}
            autoCapitalize="none"
          />
          <input
            className="field"
            required
            inputMode="numeric"
            pattern="[0-9]{1,5}"
            aria-label={t('settings:connect.port')}
            value={server.port}
            aria-invalid={wrong.port ? true : undefined}
            aria-describedby={error ? `${id}-error` : undefined}
            onChange={event => change({ port: event.currentTarget.value })}
          />
        </div>
        {error && (
          <p className="wrong" id={`${id}-error`}>
            {error}
          </p>
        )}
      </div>
      <Choice
        label={t('settings:connect.security')}
        value={server.security}
        onChange={event => {
          const security = event.currentTarget.value as Server['security']
          const kept = Object.values(usual[is]).includes(server.port) || server.port === ''
          change({ security, ...(kept ? { port: usual[is][security] } : {}) })
        }}
        help={server.security === 'none' ? t('settings:connect.noneWarning') : undefined}
      >
        {(['tls', 'starttls', 'none'] as const).map(security => (
          <option key={security} value={security}>
            {t(`settings:connect.by.${security}`)}
          </option>
        ))}
      </Choice>
      {!withoutSignIn && (
        <>
          <Field
            label={t('settings:connect.user')}
            autoComplete="off"
            value={server.user}
            error={wrong.user}
            onChange={event => change({ user: event.currentTarget.value })}
            spellCheck={false}
            autoCapitalize="none"
          />
          {!oauth && (
            <Field
              label={t('session:password')}
              type="password"
              autoComplete="off"
              value={server.password}
              placeholder={stored ? t('settings:connect.keptPassword') : undefined}
              onChange={event => change({ password: event.currentTarget.value })}
            />
          )}
        </>
      )}
    </>
  )
}
