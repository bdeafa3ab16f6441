/** Files may be dropped anywhere on the conversation: a veil says where they go. Takes nothing while another is asked (a dialog). */
import { IconPaperclip } from '@tabler/icons-react'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { createPortal } from 'react-dom'
import { t } from '../../words/desk.ts'

export function useDropZone(kind: 'reply' | 'note', onFiles: (files: File[]) => void): ReactNode {
  const [over, setOver] = useState(false)
  const latest = useRef(onFiles)
  latest.current = onFiles
  useEffect(() => {
    let depth = 0
    const files = (event: DragEvent) =>
      event.dataTransfer?.types.includes('Files') === true && !document.querySelector('dialog[open], [role="dialog"]')
    const enter = (event: DragEvent) => {
      if (!files(event)) return
      depth++
      setOver(true)
    }
    const leave = (event: DragEvent) => {
      if (!files(event)) return
      depth = Math.max(0, depth - 1)
      if (depth === 0) setOver(false)
    }
    const hover = (event: DragEvent) => {
      if (files(event)) event.preventDefault()
    }
    const drop = (event: DragEvent) => {
      depth = 0
      setOver(false)
      // The field has put it between the words already.
      if (!files(event) || event.defaultPrevented) return
      event.preventDefault()
      latest.current([...(event.dataTransfer?.files ?? [])])
    }
    addEventListener('dragenter', enter)
    addEventListener('dragleave', leave)
    addEventListener('dragover', hover)
    addEventListener('drop', drop)
    return () => {
      removeEventListener('dragenter', enter)
      removeEventListener('dragleave', leave)
      removeEventListener('dragover', hover)
      removeEventListener('drop', drop)
    }
  }, [])
  if (!over) return null
  return createPortal(
    <div className="dropveil" data-kind={kind}>
      <p>
        <IconPaperclip size={22} stroke={1.6} aria-hidden="true" /> {t(`compose:drop.${kind}`)}
      </p>
    </div>,
    document.body,
  )
}
