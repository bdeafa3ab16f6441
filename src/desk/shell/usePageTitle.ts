/** What the browser's tab says while a page is shown. */
import { useEffect } from 'react'
import { t } from '../../words/catalogue.ts'

export function usePageTitle(title: string | undefined) {
  useEffect(() => {
    document.title = title ? t('desk:tab', { title, pond: t('desk:pond') }) : t('desk:pond')
  }, [title])
}
