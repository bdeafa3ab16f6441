/** A labelled field with its help and its error, tied together for those who listen. */
import { type ComponentPropsWithRef, type ReactNode, useId } from 'react'

type Around = { label: ReactNode; help?: ReactNode; error?: ReactNode; aside?: ReactNode; hideLabel?: boolean }

function Labelled({
  label,
  help,
  error,
  aside,
  hideLabel,
  children,
}: Around & {
  children: (ids: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode
}) {
  const id = useId()
  const describedBy = [error ? `${id}-error` : '', help ? `${id}-help` : ''].filter(Boolean).join(' ')
  return (
    <div className="labelled">
      <div className={hideLabel ? 'sr' : 'top'}>
        <label htmlFor={id}>{label}</label>
        {aside}
      </div>
      {children({
        id,
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
      {error && (
        <p id={`${id}-error`} className="wrong" role="alert">
          {error}
        </p>
      )}
      {help && (
        <p id={`${id}-help`} className="help">
          {help}
        </p>
      )}
    </div>
  )
}

export function Field({ label, help, error, aside, hideLabel, ...input }: Around & ComponentPropsWithRef<'input'>) {
  return (
    <Labelled {...{ label, help, error, aside, hideLabel: hideLabel ?? false }}>
      {ids => <input {...input} {...ids} className="field" />}
    </Labelled>
  )
}

export function Area({ label, help, error, aside, hideLabel, ...area }: Around & ComponentPropsWithRef<'textarea'>) {
  return (
    <Labelled {...{ label, help, error, aside, hideLabel: hideLabel ?? false }}>
      {ids => <textarea {...area} {...ids} className="field" />}
    </Labelled>
  )
}

export function Choice({
  label,
  help,
  error,
  aside,
  hideLabel,
  children,
  ...select
}: Around & ComponentPropsWithRef<'select'>) {
  return (
    <Labelled {...{ label, help, error, aside, hideLabel: hideLabel ?? false }}>
      {ids => (
        <select {...select} {...ids} className="field">
          {children}
        </select>
      )}
    </Labelled>
  )
}

/** A box to tick or a switch to turn, with its words beside it. */
export function Tick({
  label,
  help,
  toggle,
  ...input
}: { label: ReactNode; help?: ReactNode; toggle?: boolean } & ComponentPropsWithRef<'input'>) {
  const id = useId()
  return (
    <div className="tick">
      <input
        {...input}
        id={id}
        type="checkbox"
        role={toggle ? 'switch' : undefined}
        data-toggle={toggle || undefined}
        aria-describedby={help ? `${id}-help` : undefined}
      />
      <label htmlFor={id}>{label}</label>
      {help && (
        <p id={`${id}-help`} className="help">
          {help}
        </p>
      )}
    </div>
  )
}
