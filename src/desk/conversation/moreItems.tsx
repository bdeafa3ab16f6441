/** What else can be done to a conversation, in the menu of its head. */
import {
  IconArrowForwardUp,
  IconArrowMerge,
  IconArrowsExchange,
  IconArrowsSplit2,
  IconBan,
  IconBook2,
  IconCircleCheck,
  IconLink,
  IconLinkPlus,
  IconMessages,
  IconPrinter,
  IconRotate,
  IconShieldX,
  IconTrash,
} from '@tabler/icons-react'
import type { ConversationView } from '../../contract/conversations.ts'
import { Keys } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { shareAsTopic } from '../community/sharing.ts'
import { latestToForward } from '../forward/ForwardHost.tsx'
import { forwardItems } from '../forward/forwardItem.tsx'
import { draftFrom } from '../knowledge/asking.ts'
import type { MenuItem } from '../pieces/Menu.tsx'
import { goTo } from '../shell/going.ts'
import { notice } from '../shell/notices.ts'
import type { Regrouping } from '../structure/regrouping.ts'

const look = { size: 18, stroke: 1.6, 'aria-hidden': true } as const
type Acts = {
  handOver: () => void
  close: () => void
  trash: () => void
  spam: () => void
  block: () => void
  regroup: (how: Regrouping) => void
}
const regroupings = [
  ['move', IconArrowsExchange],
  ['merge', IconArrowMerge],
  ['split', IconArrowsSplit2],
  ['link', IconLinkPlus],
] as const

/** Who wrote by mail can be blocked. */
function hasSender(view: ConversationView): boolean {
  return view.participants.some(({ role, address }) => role === 'customer' && address.includes('@'))
}

export function moreItems(view: ConversationView, act: Acts, takeBack: () => void): MenuItem[] {
  const away = view.state === 'spam' || view.state === 'trash'
  return [
    ...(view.may.handOver
      ? [{ label: t('conversation:key.handOver'), icon: <IconArrowForwardUp {...look} />, run: () => act.handOver() }]
      : []),
    ...(!away && view.state !== 'closed'
      ? [
          {
            label: t('conversation:key.close'),
            icon: <IconCircleCheck {...look} />,
            hint: <Keys keys="e" />,
            run: act.close,
          },
        ]
      : []),
    ...regroupings
      .filter(([how]) => !away && view.state !== 'merged' && (how === 'link' ? view.may.write : view.may.handOver))
      .map(([how, Icon]) => ({
        label: t(`structure:menu.${how}`),
        icon: <Icon {...look} />,
        run: () => act.regroup(how),
      })),
    ...(away
      ? [{ label: t('inbox:key.takeBack'), icon: <IconRotate {...look} />, run: () => takeBack() }]
      : view.may.trash
        ? [
            { label: t('inbox:key.trash'), icon: <IconTrash {...look} />, hint: <Keys keys="#" />, run: act.trash },
            { label: t('inbox:key.spam'), icon: <IconShieldX {...look} />, hint: <Keys keys="!" />, run: act.spam },
          ]
        : []),
    ...(view.may.trash && hasSender(view)
      ? [{ label: t('sorting:block.menu'), icon: <IconBan {...look} />, run: act.block }]
      : []),
    ...(view.may.write && view.mailbox && !away ? forwardItems(latestToForward(view)) : []),
    ...(view.may.handOver && !away
      ? [{ label: t('conversation:writeArticle'), icon: <IconBook2 {...look} />, run: () => draftFrom(view) }]
      : []),
    ...(view.may.handOver && !away
      ? [{ label: t('conversation:shareTopic'), icon: <IconMessages {...look} />, run: () => shareAsTopic(view) }]
      : []),
    {
      label: t('originals:print'),
      icon: <IconPrinter {...look} />,
      run: () => void goTo({ to: '/conversations/$conversationId/print', params: { conversationId: view.id } }),
    },
    {
      label: t('conversation:copyLink'),
      icon: <IconLink {...look} />,
      run: () => {
        void navigator.clipboard?.writeText(`${location.origin}/conversations/${view.number}`)
        notice({ title: t('conversation:copied1') })
      },
    },
  ]
}
