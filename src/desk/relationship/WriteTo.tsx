/** Writing to an organisation is writing to somebody there: at once where there is one, else one chooses. */
import { IconPencil } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { Button } from '../../ui/index.ts'
import { t } from '../../words/relationship.ts'
import { Menu } from '../pieces/Menu.tsx'
import { useActions } from '../shell/actions.ts'
import type { Organisation } from './queries.ts'

export function WriteTo({ page }: { page: Organisation }) {
  const navigate = useNavigate()
  const [open, setOpen] = useState(false)
  const reached = page.people.flatMap(({ person, address, suggested }) =>
    address && !suggested ? [{ name: person.name, address }] : [],
  )
  const [first, second] = reached
  const write = (to: string) => void navigate({ to: '/write', search: { to } })
  const begin = () => (first && !second ? write(first.address) : setOpen(true))
  useActions(
    first
      ? [
          {
            id: 'relation.write',
            label: t('relationship:act.write'),
            keys: 'r',
            group: 'here',
            icon: IconPencil,
            run: begin,
          },
        ]
      : [],
  )
  if (!first) return null
  const button = (
    <Button
      kind="primary"
      icon={<IconPencil size={18} stroke={1.6} aria-hidden="true" />}
      {...(second ? {} : { onClick: begin })}
    >
      {t('relationship:act.write')}
    </Button>
  )
  if (!second) return button
  return (
    <Menu
      label={t('relationship:act.writeWhom')}
      opened={open}
      onChange={setOpen}
      target={button}
      items={reached.slice(0, 12).map(({ name, address }) => ({
        label: <bdi>{name}</bdi>,
        hint: <bdi className="small muted">{address}</bdi>,
        run: () => write(address),
      }))}
    />
  )
}
