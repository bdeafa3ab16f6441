/** What else can be done with a person or an organisation. */
import { IconDotsVertical } from '@tabler/icons-react'
import { t } from '../../words/relationship.ts'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'

export function More({ items }: { items: MenuItem[] }) {
  return (
    <Menu
      label={t('relationship:act.more')}
      target={
        <button type="button" className="icon" aria-label={t('relationship:act.more')}>
          <IconDotsVertical size={18} stroke={1.6} aria-hidden="true" />
        </button>
      }
      items={items}
    />
  )
}
