/** A list below the caret that is walked by keys while the focus stays in the words: which option is meant, and that assistive programs hear of it. */
import type { Editor } from '@tiptap/react'
import { type RefObject, useEffect, useId, useRef, useState } from 'react'

export type Option = { id: string; run: () => void }
export type KeysRef = RefObject<((event: KeyboardEvent) => boolean) | null>

export function useOptionKeys(editor: Editor, keys: KeysRef, options: readonly Option[], query: string) {
  const id = useId()
  const [at, setAt] = useState(0)
  const [seen, setSeen] = useState(query)
  if (seen !== query) {
    setSeen(query)
    setAt(0)
  }
  const current = Math.min(at, options.length - 1)
  const latest = useRef({ options, current })
  latest.current = { options, current }
  useEffect(() => {
    keys.current = event => {
      const { options: all, current: now } = latest.current
      if (all.length === 0 || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return false
      const to = { ArrowDown: now + 1, ArrowUp: now - 1, Home: 0, End: all.length - 1 }[event.key]
      if (to !== undefined) setAt((to + all.length) % all.length)
      else if (event.key === 'Enter' || event.key === 'Tab') all[now]?.run()
      else return false
      return true
    }
    return () => {
      keys.current = null
    }
  }, [keys])
  const active = options[current] ? `${id}-${options[current].id}` : null
  useEffect(() => {
    const field = editor.view.dom
    field.setAttribute('aria-autocomplete', 'list')
    field.setAttribute('aria-haspopup', 'listbox')
    field.setAttribute('aria-controls', id)
    if (active) {
      field.setAttribute('aria-activedescendant', active)
      document.getElementById(active)?.scrollIntoView({ block: 'nearest' })
    } else field.removeAttribute('aria-activedescendant')
    return () => {
      for (const name of ['aria-autocomplete', 'aria-haspopup', 'aria-controls', 'aria-activedescendant'])
        field.removeAttribute(name)
    }
  }, [editor, id, active])
  return { id, current, setAt, optionId: (option: Option) => `${id}-${option.id}` }
}
