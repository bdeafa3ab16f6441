/** "Forward…" as an item of a menu. */
import { IconShare3 } from '@tabler/icons-react'
import type { MessageView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import type { MenuItem } from '../pieces/Menu.tsx'
import { askToForward } from './asking.ts'
import { mayForward } from './ForwardHost.tsx'

export function forwardItems(message: MessageView | undefined): MenuItem[] {
  if (!message || !mayForward(message.kind) || message.id.startsWith('sending-')) return []
  return [
    {
      label: t('forward:menu'),
      icon: <IconShare3 size={18} stroke={1.6} className="flips" aria-hidden="true" />,
      run: () => askToForward(message.id),
    },
  ]
}
