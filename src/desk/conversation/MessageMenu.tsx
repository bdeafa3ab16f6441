/** What can be done with one message, beside its time. */
import { IconArrowsSplit2, IconDots, IconFileText, IconLink } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import type { MessageView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'
import { Menu, type MenuItem } from '../pieces/Menu.tsx'
import { notice } from '../shell/notices.ts'
import { useRegrouping } from '../structure/regrouping.ts'

const OriginalSheet = lazy(() =>
  import('./OriginalSheet.tsx').then(({ OriginalSheet }) => ({ default: OriginalSheet })),
)
const look = { size: 18, stroke: 1.6, 'aria-hidden': true } as const

export function MessageMenu({ message, items = [] }: { message: MessageView; items?: MenuItem[] }) {
  const [original, setOriginal] = useState(false)
  const regroup = useRegrouping()
  const all: MenuItem[] = [
    ...items,
    ...(regroup
      ? [
          {
            label: t('structure:menu.splitFrom'),
            icon: <IconArrowsSplit2 {...look} />,
            run: () => regroup('split', message.id),
          },
        ]
      : []),
    ...(message.hasRaw
      ? [{ label: t('originals:title'), icon: <IconFileText {...look} />, run: () => setOriginal(true) }]
      : []),
    {
      label: t('originals:copyLink'),
      icon: <IconLink {...look} />,
      run: () => {
        void navigator.clipboard?.writeText(`${location.origin}${location.pathname}#${message.id}`)
        notice({ title: t('originals:copied') })
      },
    },
  ]
  return (
    <>
      <Menu
        label={t('originals:menu')}
        position="bottom-end"
        target={
          <button
            type="button"
            className="icon messagemenu"
            aria-label={t('originals:menu')}
            title={t('originals:menu')}
          >
            <IconDots size={16} stroke={1.6} aria-hidden="true" />
          </button>
        }
        items={all}
      />
      {original && (
        <Suspense>
          <OriginalSheet messageId={message.id} onClose={() => setOriginal(false)} />
        </Suspense>
      )}
    </>
  )
}
