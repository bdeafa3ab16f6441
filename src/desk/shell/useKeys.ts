/** Turns registered actions into keys. Single keys rest while someone writes, while a dialog is open, and when switched off. */
import { useEffect } from 'react'
import { tinykeys } from 'tinykeys'
import { type Action, useAllActions } from './actions.ts'

const writes = (target: EventTarget | null) =>
  target instanceof HTMLElement &&
  target.closest('input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true]') !== null
const dialogOpen = () => document.querySelector('dialog[open], [role=dialog][aria-modal=true]') !== null
const combined = (keys: string) => /\$mod|Control|Alt|Meta/.test(keys)
/** Signs need Shift on some keyboards and none on others. */
const variants = (keys: string) => (/^[^a-z0-9\s]$/i.test(keys) ? [keys, `Shift+${keys}`, `Alt+${keys}`] : [keys])

const presses = ({ keys }: Action) => keys?.split(' ').length ?? 0

export function useKeys(singleKeys: boolean) {
  const actions = useAllActions()
  useEffect(() => {
    const bindings: Record<string, (event: KeyboardEvent) => void> = {}
    // The last key of several is theirs: `g k` goes somewhere, where `k` alone goes up.
    for (const action of [...actions].reverse().sort((one, other) => presses(other) - presses(one))) {
      if (!action.keys || (!singleKeys && !combined(action.keys) && action.keys !== 'Escape')) continue
      for (const keys of variants(action.keys)) bindings[keys] = event => press(event, action)
    }
    return tinykeys(window, bindings)
  }, [actions, singleKeys])
}

function press(event: KeyboardEvent, action: Action) {
  if (event.defaultPrevented || event.isComposing) return
  if (writes(event.target) && !action.inFields) return
  if (dialogOpen()) return
  // A button or a link keeps its own Enter.
  if (action.keys === 'Enter' && event.target instanceof HTMLElement && event.target.closest('a, button, summary'))
    return
  event.preventDefault()
  action.run()
}
