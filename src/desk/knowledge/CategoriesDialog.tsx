/** The tree of categories: named in each language, put below another, taken away while empty. */
import { IconTrash } from '@tabler/icons-react'
import { useMutation, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as around from '../../contract/knowledge-around.ts'
import { Button, Choice, Field, usePlace } from '../../ui/index.ts'
import { t } from '../../words/knowledge.ts'
import { ask, Problem } from '../api.ts'
import { cache } from '../cache.ts'
import { Dialog } from '../pieces/Dialog.tsx'
import { useMe } from '../session/me.ts'
import { languageName } from './languages.ts'
import { categoriesQuery, categoryPaths } from './queries.ts'

const ours = ['en', 'de', 'es', 'fr', 'ar']
type Editing = { id: string | null; parentId: string; position: number; names: Record<string, string> }

export function CategoriesDialog({ onClose }: { onClose: () => void }) {
  const me = useMe()
  const place = usePlace()
  const { data } = useQuery(categoriesQuery)
  const all = data?.categories ?? []
  const fresh: Editing = { id: null, parentId: '', position: all.length, names: {} }
  const [edited, setEdited] = useState<Editing | null>(null)
  const it = edited ?? fresh
  const set = (part: Partial<Editing>) => setEdited({ ...it, ...part })
  const languages = [...new Set([me.installation.language, place.language, ...ours, ...Object.keys(it.names)])]
  const have = (answer: { categories: around.ArticleCategory[] }) => {
    cache.setQueryData(categoriesQuery.queryKey, answer)
    setEdited(null)
  }
  const names = Object.entries(it.names).flatMap(([language, name]) =>
    name.trim() ? [{ language, name: name.trim() }] : [],
  )
  const keeping = useMutation({
    mutationFn: () => {
      const first = me.installation.language
      const sorted = names.sort((a, b) => Number(b.language === first) - Number(a.language === first))
      const input = { names: sorted, parentId: it.parentId || null, position: it.position }
      return it.id ? ask(around.changeCategory, { categoryId: it.id, ...input }) : ask(around.makeCategory, input)
    },
    onSuccess: have,
  })
  const removing = useMutation({
    mutationFn: (categoryId: string) => ask(around.removeCategory, { categoryId }),
    onSuccess: have,
  })
  const problem = [keeping.error, removing.error].find(error => error instanceof Problem)
  return (
    <Dialog
      title={t('knowledge:categories')}
      lead={t('knowledge:categoriesLead')}
      act={t(it.id ? 'knowledge:category.change' : 'knowledge:category.make')}
      busy={keeping.isPending || removing.isPending}
      error={problem ? problem.detail || problem.title : undefined}
      onAct={() => names.length > 0 && keeping.mutate()}
      onClose={onClose}
    >
      <ul className="categorytree">
        {categoryPaths(all, place.language).map(({ id, path }) => {
          const one = all.find(each => each.id === id)
          if (!one) return null
          const held = Object.fromEntries(one.names.map(each => [each.language, each.name]))
          return (
            <li key={id}>
              <button
                type="button"
                className="link"
                aria-pressed={it.id === id}
                onClick={() => setEdited({ id, parentId: one.parentId ?? '', position: one.position, names: held })}
              >
                <span dir="auto">{path}</span>
              </button>
              <span className="small muted">{t('knowledge:category.articles', { count: one.articles })}</span>
              {one.articles === 0 && !all.some(each => each.parentId === id) && (
                <button
                  type="button"
                  className="icon"
                  aria-label={t('knowledge:category.remove', { name: path })}
                  title={t('knowledge:category.remove', { name: path })}
                  onClick={() => removing.mutate(id)}
                >
                  <IconTrash size={16} stroke={1.6} aria-hidden="true" />
                </button>
              )}
            </li>
          )
        })}
      </ul>
      <fieldset className="categoryform">
        <legend className="strong">{t(it.id ? 'knowledge:category.changing' : 'knowledge:category.making')}</legend>
        {languages.map((language, at) => (
          <Field
            key={language}
            label={t('knowledge:category.name', { language: languageName(language, place.language) })}
            required={at === 0}
            maxLength={100}
            dir="auto"
            value={it.names[language] ?? ''}
            onChange={event => set({ names: { ...it.names, [language]: event.currentTarget.value } })}
          />
        ))}
        <Choice
          label={t('knowledge:category.below')}
          value={it.parentId}
          onChange={event => set({ parentId: event.currentTarget.value })}
        >
          <option value="">{t('knowledge:category.top')}</option>
          {categoryPaths(all, place.language)
            .filter(({ id }) => id !== it.id)
            .map(({ id, path }) => (
              <option key={id} value={id}>
                {path}
              </option>
            ))}
        </Choice>
        {it.id && (
          <Button kind="quiet" onClick={() => setEdited(null)}>
            {t('knowledge:category.another')}
          </Button>
        )}
      </fieldset>
    </Dialog>
  )
}
