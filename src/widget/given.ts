/** What the server put before the script, and what the page that carries it says. Read once. */
import type { ChatFace } from '../contract/chat.ts'
import type { WidgetWords } from '../words/widget.ts'

type Given = {
  face: ChatFace | null
  words: WidgetWords
  language: string
  direction: 'ltr' | 'rtl'
  at: string
  finds: boolean
}
declare const __pond: Given

const script = document.currentScript as HTMLScriptElement | null
export const given: Given = __pond
export const key = script?.dataset.pond ?? ''
export const home = new URL(script?.src || location.href).origin
/** Who the site says sits here: signed by it, as an attribute or as `window.pondIdentity`. */
export const identityOfPage = () =>
  script?.dataset.pondIdentity || (window as { pondIdentity?: string }).pondIdentity || undefined

/** The words for a key, with its gaps filled. */
export function say(name: keyof WidgetWords, gaps: Record<string, string | number> = {}): string {
  return given.words[name].replace(/\{\{(\w+)\}\}/g, (_, gap: string) => String(gaps[gap] ?? ''))
}
