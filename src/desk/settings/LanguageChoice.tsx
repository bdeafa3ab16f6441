/** The language the desk speaks to me, and in which mails to me are written. Each is offered in its own words. */
import { Choice } from '../../ui/index.ts'
import { t } from '../../words/catalogue.ts'
import { type Language, languages, nearest, ownNames } from '../../words/languages.ts'
import { speak } from '../language.ts'
import { useChangeMe, useMe } from '../session/me.ts'
import { noticeFailure } from '../shell/notices.ts'

export function LanguageChoice() {
  const me = useMe()
  const change = useChangeMe()
  const choose = async (language: string) => {
    change.mutate({ language: language || null })
    await speak(nearest(language ? [language] : navigator.languages)).catch(noticeFailure)
  }
  const regional = me.language && !languages.includes(me.language as Language) ? me.language : null
  return (
    <Choice
      label={t('desk:language.label')}
      help={t('desk:language.help')}
      value={me.language ?? ''}
      onChange={event => void choose(event.currentTarget.value)}
    >
      <option value="">{t('desk:language.browser')}</option>
      {regional && <option value={regional}>{regional}</option>}
      {languages.map(language => (
        <option key={language} value={language} lang={language}>
          {ownNames[language]}
        </option>
      ))}
    </Choice>
  )
}
