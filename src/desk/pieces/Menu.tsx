/** A menu under a button. Until somebody opens it it is that button alone: a page has many, and few are ever opened. */
import { cloneElement, useCallback, useEffect, useRef, useState } from 'react'
import { noticeFailure } from '../shell/notices.ts'
import type { MenuOpened, MenuProps } from './MenuOpened.tsx'

export type { MenuItem } from './MenuOpened.tsx'

type Opened = { Menu: typeof MenuOpened; takesFocus: boolean }

export function Menu(props: MenuProps) {
  const { target, opened, onChange } = props
  const [used, setUsed] = useState<Opened | null>(null)
  const button = useRef<HTMLElement>(null)
  const open = useCallback(
    () =>
      import('./MenuOpened.tsx').then(
        ({ MenuOpened }) =>
          setUsed({ Menu: MenuOpened, takesFocus: button.current?.contains(document.activeElement) ?? false }),
        noticeFailure,
      ),
    [],
  )
  useEffect(() => {
    if (opened) void open()
  }, [opened, open])
  if (used) return <used.Menu {...props} takesFocus={used.takesFocus} />
  return cloneElement(target, {
    ref: button,
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    onClick: event => {
      target.props.onClick?.(event)
      if (opened === undefined) void open()
      else onChange?.(true)
    },
  })
}
