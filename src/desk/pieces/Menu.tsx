/** A menu under a button: by pointer, by keys, and heard. Keys pressed in it never reach the page behind it. */
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Menu.layer.css'
import './pieces.css'
import { Menu as Behaviour, type MenuProps } from '@mantine/core'
import type { ReactNode } from 'react'

export type MenuItem =
  | {
      label: ReactNode
      run: () => void
      icon?: ReactNode
      /** a key that does the same */
      hint?: ReactNode
      current?: boolean
      disabled?: boolean
    }
  | { label: ReactNode; href: string; icon?: ReactNode; hint?: ReactNode }
  | { section: string }

type Props = {
  label: string
  target: ReactNode
  items: MenuItem[]
  position?: MenuProps['position']
  opened?: boolean
  onChange?: (opened: boolean) => void
}

export function Menu({ label, target, items, position = 'bottom-start', opened, onChange }: Props) {
  return (
    <Behaviour
      position={position}
      offset={6}
      transitionProps={{ duration: 110 }}
      shadow="md"
      loop
      returnFocus
      {...(opened === undefined ? {} : { opened })}
      {...(onChange ? { onChange } : {})}
    >
      <Behaviour.Target>{target}</Behaviour.Target>
      <Behaviour.Dropdown aria-label={label} className="menu" onKeyDown={event => event.stopPropagation()}>
        {items.map((item, at) => {
          // biome-ignore lint/suspicious/noArrayIndexKey: the items of one menu keep their order
          if ('section' in item) return <Behaviour.Label key={at}>{item.section}</Behaviour.Label>
          const look = { leftSection: item.icon, rightSection: item.hint }
          if ('href' in item)
            return (
              // biome-ignore lint/suspicious/noArrayIndexKey: the items of one menu keep their order
              <Behaviour.Item key={at} {...look} component="a" href={item.href} target="_blank" rel="noreferrer">
                {item.label}
              </Behaviour.Item>
            )
          return (
            <Behaviour.Item
              // biome-ignore lint/suspicious/noArrayIndexKey: the items of one menu keep their order
              key={at}
              {...look}
              disabled={item.disabled ?? false}
              aria-current={item.current || undefined}
              onClick={item.run}
            >
              {item.label}
            </Behaviour.Item>
          )
        })}
      </Behaviour.Dropdown>
    </Behaviour>
  )
}
