/** Counts as the rail writes them: nothing for none, "1,000+" where there are more. */
import { t } from '../../words/catalogue.ts'

export function countWords(count: { count: number; more: boolean } | undefined): string {
  if (!count) return ''
  if (count.more) return t('desk:count.more', { count: count.count })
  return count.count ? String(count.count) : ''
}
