/** A menu that was opened once: by pointer, by keys, and heard. Keys pressed in it never reach the page behind it. Loaded with the first one somebody opens. */
import '@mantine/core/styles/Popover.layer.css'
import '@mantine/core/styles/Menu.layer.css'
import './pieces.css'
import { Menu as Behaviour, type MenuProps as BehaviourProps } from '@mantine/core'
import { type HTMLAttributes, type ReactElement, type ReactNode, type Ref, useEffect, useId, useState } from 'react'

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

export type MenuTarget = ReactElement<HTMLAttributes<HTMLElement> & { ref?: Ref<HTMLElement> }>
export type MenuProps = {
  label: string
  target: MenuTarget
  items: MenuItem[]
  position?: BehaviourProps['position']
  opened?: boolean
  onChange?: (opened: boolean) => void
}

/** `takesFocus`: its button had the focus when this took the place of it. */
export function MenuOpened(props: MenuProps & { takesFocus: boolean }) {
  const { label, target, items, position = 'bottom-start', onChange, takesFocus } = props
  const id = useId()
  const [there, setThere] = useState(false)
  const [own, setOwn] = useState(true)
  // Where the focus is when it opens is where it returns to.
  useEffect(() => {
    if (takesFocus) document.getElementById(id)?.focus()
    setThere(true)
  }, [id, takesFocus])
  return (
    <Behaviour
      id={id}
      position={position}
      offset={6}
      transitionProps={{ duration: 110 }}
      shadow="md"
      loop
      returnFocus
      opened={there && (props.opened ?? own)}
      onChange={opened => {
        setOwn(opened)
        onChange?.(opened)
      }}
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
