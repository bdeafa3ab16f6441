/** The order of a list, and the columns of a wide one. */
import { IconArrowsSort, IconCheck } from '@tabler/icons-react'
import { Column } from '../../contract/saved-views.ts'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Menu } from '../pieces/Menu.tsx'
import { columnsOf, type Shown, sortOf, sortsOf } from './filter.ts'

const usual: Column[] = ['owner', 'promise', 'tags', 'last']

export function SortMenu({ shown, onChange }: { shown: Shown; onChange: (change: Partial<Shown>) => void }) {
  const sort = sortOf(shown)
  const columns = columnsOf(shown.columns)
  const set = (next: Column[]) => onChange({ columns: next.length > 0 ? next.join() : 'none' })
  const check = <IconCheck size={16} stroke={1.8} aria-hidden="true" />
  return (
    <Menu
      label={t('views:order')}
      position="bottom-end"
      target={
        <Button
          kind="quiet"
          icon={<IconArrowsSort size={18} stroke={1.6} aria-hidden="true" />}
          aria-label={t('views:orderNow', { sort: t(`inbox:sort.${sort}`) })}
        >
          <span className="wideonly">{t(`inbox:sort.${sort}`)}</span>
        </Button>
      }
      items={[
        ...sortsOf(shown).map(each => ({
          label: t(`inbox:sort.${each}`),
          current: each === sort,
          run: () => onChange({ sort: each }),
        })),
        { section: t('views:columns.title') },
        {
          label: t('views:columns.none'),
          current: columns.length === 0,
          run: () => set([]),
        },
        {
          label: t('views:columns.some'),
          current: columns.length > 0,
          run: () => columns.length === 0 && set(usual),
        },
        ...(columns.length === 0
          ? []
          : Column.options.map(column => ({
              label: t(`views:columns.${column}`),
              icon: columns.includes(column) ? check : <span className="nocheck" />,
              run: () => set(columns.includes(column) ? columns.filter(each => each !== column) : [...columns, column]),
            }))),
      ]}
    />
  )
}
