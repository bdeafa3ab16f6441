/** A wide page over the page, for looking: a title and what is looked at. It asks nothing; Escape and a click beside it close it. */
import '@mantine/core/styles/Overlay.layer.css'
import '@mantine/core/styles/Paper.layer.css'
import '@mantine/core/styles/ScrollArea.layer.css'
import '@mantine/core/styles/CloseButton.layer.css'
import '@mantine/core/styles/ModalBase.layer.css'
import '@mantine/core/styles/Modal.layer.css'
import './pieces.css'
import { Modal } from '@mantine/core'
import type { KeyboardEvent, ReactNode } from 'react'
import { t } from '../../words/desk.ts'

type Props = { title: ReactNode; onClose: () => void; onKey?: (event: KeyboardEvent) => void; children: ReactNode }

export function Sheet({ title, onClose, onKey, children }: Props) {
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      size={920}
      radius={10}
      padding={24}
      overlayProps={{ className: 'veil' }}
      transitionProps={{ duration: 110 }}
      closeButtonProps={{ 'aria-label': t('desk:button.close') }}
      classNames={{ title: 'dialogtitle' }}
      // Keys pressed here never reach the page behind.
      onKeyDown={event => {
        onKey?.(event)
        if (event.key !== 'Escape') event.stopPropagation()
      }}
    >
      {children}
    </Modal>
  )
}
