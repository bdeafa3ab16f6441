/** Choosing a password: only its length counts, and the field says so while one types. */
import { IconCheck } from '@tabler/icons-react'
import { Field } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'

export const shortestPassword = 10

export function PasswordField(props: {
  value: string
  onChange: (value: string) => void
  label?: string
  error?: string | undefined
}) {
  const length = [...props.value].length
  const good = length >= shortestPassword
  return (
    <Field
      label={props.label ?? t('session:password')}
      type="password"
      autoComplete="new-password"
      required
      minLength={shortestPassword}
      value={props.value}
      error={props.error}
      onChange={event => props.onChange(event.currentTarget.value)}
      help={
        good ? (
          <span className="ok">
            <IconCheck size={16} stroke={1.8} aria-hidden="true" />
            {t('session:passwordGood', { count: length })}
          </span>
        ) : (
          t('session:passwordShort', { count: shortestPassword })
        )
      }
    />
  )
}
