/** What stands beside a page, drawn over it where there is no room beside it. */
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Drawer.layer.css'
import './pieces.css'
import { Drawer as Behaviour } from '@mantine/core'
import type { ReactNode } from 'react'
import { t } from '../../words/desk.ts'

type Props = { label: string; onClose: () => void; size?: number; children: ReactNode }

export function Drawer({ label, onClose, size = 316, children }: Props) {
  return (
    <Behaviour
      opened
      onClose={onClose}
      position="right"
      size={size}
      padding={0}
      title={<span className="sr">{label}</span>}
      overlayProps={{ className: 'veil' }}
      transitionProps={{ duration: 220 }}
      closeButtonProps={{ 'aria-label': t('desk:button.close') }}
      classNames={{ content: 'drawer', header: 'drawerhead' }}
    >
      {children}
    </Behaviour>
  )
}
