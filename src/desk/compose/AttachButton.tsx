/** Chooses files to go with what is being written. */
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { t } from '../../words/desk.ts'

export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const file = useRef<HTMLInputElement>(null)
  return (
    <>
      <button
        type="button"
        className="icon attach"
        aria-label={t('compose:attach')}
        title={t('compose:attach')}
        onClick={() => file.current?.click()}
      >
        <IconPaperclip size={18} stroke={1.6} aria-hidden="true" />
      </button>
      <input
        ref={file}
        type="file"
        multiple
        hidden
        onChange={event => {
          onFiles(event.target.files ?? [])
          event.target.value = ''
        }}
      />
    </>
  )
}
