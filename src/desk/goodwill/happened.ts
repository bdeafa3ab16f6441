/** What history says of goodwill: which kind it was and how much. */
import { t } from '../../words/catalogue.ts'
import { money } from './money.ts'

export function goodwillGaps(kind: string, facts: Record<string, unknown>, language: string): Record<string, unknown> {
  if (!kind.startsWith('goodwill.')) return {}
  const { kind: what, minor, currency } = facts
  const amount =
    typeof minor === 'number' && minor > 0 && typeof currency === 'string' ? money(minor, currency, language) : ''
  const known =
    what === 'credit' || what === 'replacement' || what === 'extension' || what === 'exception' ? what : 'exception'
  return { what: t(`conversation:goodwill.${known}`), amount: amount && t('conversation:goodwill.amount', { amount }) }
}

/** What a lead decided is told otherwise than what was within the allowance. */
export const goodwillVariant = (kind: string, facts: Record<string, unknown>): string =>
  kind === 'goodwill.granted' && facts.decided === true ? '-decided' : ''
