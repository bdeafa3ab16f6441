/** What "/", "@" and ":" begin while somebody writes. Says what is asked for and where; finds and inserts nothing itself. */
import { PluginKey } from '@tiptap/pm/state'
import { Extension, type Range } from '@tiptap/react'
import Suggestion, { type SuggestionProps } from '@tiptap/suggestion'

export type TriggerKind = 'saved' | 'people' | 'emoji'
export type Asked = { kind: TriggerKind; query: string; range: Range; place: HTMLElement }

export type Listening = {
  wanted: readonly TriggerKind[]
  onAsked: (asked: Asked | null) => void
  /** true when the key was for the list */
  onKey: (event: KeyboardEvent) => boolean
}

const signs: Record<TriggerKind, string> = { saved: '/', people: '@', emoji: ':' }
/** A colon begins a pause or a time far more often than a picture. */
const nameOfEmoji = /^[\p{L}+][\p{L}\p{N}_+-]*$/u

export const triggers = (listening: () => Listening) =>
  Extension.create({
    name: 'triggers',
    addProseMirrorPlugins() {
      return listening().wanted.map(kind =>
        Suggestion({
          editor: this.editor,
          char: signs[kind],
          pluginKey: new PluginKey(`trigger-${kind}`),
          allowedPrefixes: [' ', '(', '\u00a0'],
          decorationClass: 'asked',
          allow: ({ state }) => !state.selection.$from.parent.type.spec.code,
          shouldShow: ({ query }) => kind !== 'emoji' || nameOfEmoji.test(query),
          render: () => shown(kind, listening),
        }),
      )
    },
  })

function shown(kind: TriggerKind, listening: () => Listening) {
  let place: HTMLElement | null = null
  let away: (() => void) | undefined
  const tell = ({ query, range }: SuggestionProps) => {
    if (place) listening().onAsked({ kind, query, range, place })
  }
  return {
    onStart: (props: SuggestionProps) => {
      place = document.createElement('div')
      place.className = 'askplace'
      away = props.mount(place)
      tell(props)
    },
    onUpdate: tell,
    onKeyDown: ({ event }: { event: KeyboardEvent }) => listening().onKey(event),
    onExit: () => {
      listening().onAsked(null)
      away?.()
      place = null
    },
  }
}
