/** Choosing the category of an article, each with the way that leads to it; `everywhere` offers all of them, for a list. */
import { useQuery } from '@tanstack/react-query'
import type { ChangeEventHandler } from 'react'
import { Choice, usePlace } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { categoriesQuery, categoryPaths } from './queries.ts'

type CategoryChoiceProps = {
  value: string
  everywhere?: boolean
  disabled?: boolean
  onChange: ChangeEventHandler<HTMLSelectElement>
}

export function CategoryChoice({ everywhere = false, ...choice }: CategoryChoiceProps) {
  const { language } = usePlace()
  const { data } = useQuery(categoriesQuery)
  return (
    <Choice label={t('knowledge:filter.category')} {...choice}>
      {everywhere && <option value="">{t('knowledge:filter.everywhere')}</option>}
      {categoryPaths(data?.categories ?? [], language).map(({ id, path }) => (
        <option key={id} value={id}>
          {path}
        </option>
      ))}
    </Choice>
  )
}
