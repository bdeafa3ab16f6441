/** The desk's button: primary (one a screen), plain, quiet, inside (notes). While its work runs it stays the same size and says so. */
import type { ButtonHTMLAttributes, ReactNode } from 'react'

type Kind = 'primary' | 'plain' | 'quiet' | 'inside' | 'danger'
export type ButtonProps = Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> & {
  kind?: Kind
  icon?: ReactNode
  busy?: boolean
  submit?: boolean
}

export function Button({ kind = 'plain', icon, busy, submit, children, className, disabled, ...rest }: ButtonProps) {
  return (
    <button
      {...rest}
      type={submit ? 'submit' : 'button'}
      className={className ? `btn ${className}` : 'btn'}
      data-primary={kind === 'primary' || undefined}
      data-quiet={kind === 'quiet' || undefined}
      data-inside={kind === 'inside' || undefined}
      data-danger={kind === 'danger' || undefined}
      aria-busy={busy || undefined}
      disabled={disabled || busy}
    >
      {icon}
      {children}
    </button>
  )
}
