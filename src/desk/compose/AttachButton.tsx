/** Chooses files to go with what is being written. */
import { IconPaperclip } from '@tabler/icons-react'
import { useRef } from 'react'
import { uploadLimits } from '../../contract/writing.ts'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { sizeWords } from '../conversation/fileKinds.ts'

export function AttachButton({ onFiles }: { onFiles: (files: Iterable<File>) => void }) {
  const file = useRef<HTMLInputElement>(null)
  const { language } = usePlace()
  const limit = sizeWords(uploadLimits.file, language)
  return (
    <>
      <button
        type="button"
        className="icon attach"
        aria-label={t('compose:attach')}
        title={t('compose:attachUpTo', { limit })}
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
