/** Initials in one neutral tint, so that nobody stands out by accident; rings say how recently we were in touch and always stand beside words. */
import { t } from '../words/catalogue.ts'

export type Ripple = 'recent' | 'lately' | 'quiet'

export function initials(name: string): string {
  const words = name
    .trim()
    .split(name.includes('@') ? /[\s@._-]+/ : /\s+/)
    .filter(Boolean)
  const first = words[0] ? [...words[0]][0] : '?'
  const last = words.length > 1 ? [...(words.at(-1) ?? '')][0] : ''
  return `${first ?? '?'}${last ?? ''}`.toLocaleUpperCase()
}

/** Within a third of the rhythm: recent; within it: lately; past it: quiet. */
export function rippleOf(daysSince: number, rhythmDays: number): Ripple {
  if (daysSince <= rhythmDays / 3) return 'recent'
  return daysSince <= rhythmDays ? 'lately' : 'quiet'
}

export function Portrait(props: { name: string; us?: boolean; size?: 's' | 'l' | 'xl'; ripple?: Ripple }) {
  return (
    <span
      className="portrait"
      data-us={props.us || undefined}
      data-size={props.size}
      data-ripple={props.ripple}
      title={props.ripple && t(`desk:ripple.${props.ripple}`)}
      aria-hidden="true"
    >
      {initials(props.name)}
    </span>
  )
}
