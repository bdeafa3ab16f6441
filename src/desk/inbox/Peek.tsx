/** Looks at the conversation under the cursor without leaving the list: over its end, closed by Space or Escape, and j and k go on. */
import { type ReactNode, useEffect, useRef } from 'react'
import { Drawer } from '../pieces/Drawer.tsx'

type Props = {
  label: string
  onClose: () => void
  onDown: () => void
  onUp: () => void
  onOpen: () => void
  children: ReactNode
}

export function Peek({ label, onClose, onDown, onUp, onOpen, children }: Props) {
  const latest = useRef({ onClose, onDown, onUp, onOpen })
  latest.current = { onClose, onDown, onUp, onOpen }
  // While it lies over the list, the keys of the page rest: these few are its own.
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return
      const now = latest.current
      const act = {
        j: now.onDown,
        ArrowDown: now.onDown,
        k: now.onUp,
        ArrowUp: now.onUp,
        ' ': now.onClose,
        Enter: now.onOpen,
      }[event.key]
      const onControl =
        event.target instanceof HTMLElement && event.target.closest('a, button, summary, input, textarea')
      if (!act || (onControl && (event.key === ' ' || event.key === 'Enter'))) return
      event.preventDefault()
      event.stopPropagation()
      act()
    }
    addEventListener('keydown', press, true)
    return () => removeEventListener('keydown', press, true)
  }, [])
  return (
    <Drawer label={label} size={720} onClose={onClose}>
      <article className="prev peek">{children}</article>
    </Drawer>
  )
}
