/** People that "@" can mean: in a note colleagues who read the conversation, in a reply anybody we know by that name. */
import { useQuery } from '@tanstack/react-query'
import type { Editor } from '@tiptap/react'
import { findPeople } from '../../../contract/conversations.ts'
import { mentionable } from '../../../contract/marks.ts'
import { t } from '../../../words/desk.ts'
import { query } from '../../api.ts'
import type { Around } from './around.ts'
import type { Finding } from './finding.ts'
import type { Asked } from './triggers.ts'

const most = 8

export function usePeople(asked: Asked, editor: Editor, around: Around): Finding {
  const like = asked.query.slice(0, 100)
  const { inside, conversationId } = around
  const ours = useQuery({
    ...query(mentionable, { conversationId: conversationId ?? '', like }),
    enabled: inside && conversationId !== null,
    placeholderData: before => before,
  })
  const known = useQuery({
    ...query(findPeople, { like: like || ' ' }),
    enabled: !inside && like.length >= 1,
    placeholderData: before => before,
    retry: false,
  })
  const put = (content: object[]) => editor.chain().focus().deleteRange(asked.range).insertContent(content).run()
  const none = inside
    ? t('compose:asked.noColleague', { like })
    : like === ''
      ? t('compose:asked.typeName')
      : t('compose:asked.nobody', { like })
  if (inside)
    return {
      none,
      waits: ours.isLoading,
      options: (ours.data?.people ?? []).slice(0, most).map(({ id, name }) => ({
        id,
        label: name,
        run: () =>
          put([
            { type: 'mention', attrs: { id, name } },
            { type: 'text', text: ' ' },
          ]),
      })),
    }
  return {
    none,
    waits: known.isLoading,
    options: (like === '' ? [] : (known.data?.people ?? [])).slice(0, most).map(({ id, name, address }) => ({
      id,
      label: name,
      ...(address && address !== name ? { detail: address } : {}),
      run: () => {
        put([{ type: 'text', text: `${name} ` }])
        if (address) around.onNamed?.({ name, address })
      },
    })),
  }
}
