/** "Writes in German": what the customer's last words were in, so that the answer can be. */
import { IconLanguage } from '@tabler/icons-react'
import { firstName, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

export function WritesIn({ language, name }: { language: string | null; name: string }) {
  const place = usePlace()
  if (!language || language.split('-')[0] === place.language.split('-')[0]) return null
  let called: string | undefined
  try {
    called = new Intl.DisplayNames(place.language, { type: 'language' }).of(language)
  } catch {
    return null
  }
  return (
    <span className="writesin muted">
      <IconLanguage size={15} stroke={1.6} aria-hidden="true" />{' '}
      {t('compose:writesIn', { name: firstName(name), language: called ?? language })}
    </span>
  )
}
