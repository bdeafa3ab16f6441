/** Keeps what is typed between the wish to write and the field being there, so that no letter is lost or taken for a shortcut. Holds keys for ten seconds at most, and what was typed until a field takes it. */
let held = ''
let release: (() => void) | null = null

export function holdKeys() {
  takeKeys()
  held = ''
  const keep = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return
    if (event.key === 'Escape') return void takeKeys()
    if (event.key === 'Backspace') held = held.slice(0, -1)
    else if (event.key === 'Enter') held += '\n'
    else if (event.key.length === 1) held += event.key
    else return
    event.preventDefault()
    event.stopImmediatePropagation()
  }
  // The key that asked for the field is past its capturing phase already, and is not held.
  addEventListener('keydown', keep, { capture: true })
  const end = setTimeout(() => release?.(), 10_000)
  release = () => {
    clearTimeout(end)
    removeEventListener('keydown', keep, { capture: true })
    release = null
  }
}

/** Ends the holding and gives what was typed. */
export function takeKeys(): string {
  release?.()
  const typed = held
  held = ''
  return typed
}
