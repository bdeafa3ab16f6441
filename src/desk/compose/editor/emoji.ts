/** Emoji by what they are called in the desk's language, where there are names in it; English is understood as well. Loaded when the first is asked for. */
import { useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/react'
import { usePlace } from '../../../ui/index.ts'
import { t } from '../../../words/desk.ts'
import { type Emoji, emojiLike } from './emojiLike.ts'
import type { Finding } from './finding.ts'
import type { Asked } from './triggers.ts'

const inEnglish = () => import('emojibase-data/en/compact.json')
const names: Record<string, () => Promise<{ default: unknown }>> = {
  de: () => import('emojibase-data/de/compact.json'),
  es: () => import('emojibase-data/es/compact.json'),
  fr: () => import('emojibase-data/fr/compact.json'),
}

async function load(language: string): Promise<Emoji[]> {
  const own = names[language.split('-')[0] ?? '']
  const [english, theirs] = await Promise.all([inEnglish(), own?.()])
  const all = english.default as Emoji[]
  const local = new Map((theirs?.default as Emoji[] | undefined)?.map(one => [one.hexcode, one]))
  // Parts of others (flags' letters, skin tones) stand for nothing by themselves.
  return all
    .filter(one => one.group !== undefined && one.group !== 2)
    .map(one => {
      const mine = local.get(one.hexcode)
      return mine ? { ...mine, tags: [...(mine.tags ?? []), one.label, ...(one.tags ?? [])] } : one
    })
}

export function useEmoji(asked: Asked, editor: Editor): Finding {
  const { language } = usePlace()
  const { data, isPending } = useQuery({
    queryKey: ['emoji', language],
    queryFn: () => load(language),
    staleTime: Number.POSITIVE_INFINITY,
  })
  return {
    waits: isPending,
    none: t('compose:asked.noEmoji', { like: asked.query }),
    options: emojiLike(data ?? [], asked.query, 8).map(one => ({
      id: one.hexcode,
      label: `${one.unicode} ${one.label}`,
      run: () =>
        editor
          .chain()
          .focus()
          .deleteRange(asked.range)
          .insertContent({ type: 'text', text: `${one.unicode} ` })
          .run(),
    })),
  }
}
