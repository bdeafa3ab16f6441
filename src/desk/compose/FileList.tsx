/** The files that go with what is being written: name, size, how far the upload is, and a way to take each out. */
import { IconPaperclip, IconX } from '@tabler/icons-react'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { sizeWords } from '../conversation/fileKinds.ts'
import type { FileState } from './uploads.ts'

type Props = {
  files: FileState[]
  remove: (key: string) => void
  again: (key: string) => void
  tooMuch: string | null
}

export function FileList({ files, remove, again, tooMuch }: Props) {
  const place = usePlace()
  if (files.length === 0) return null
  return (
    <ul className="filelist small" aria-label={t('compose:files')}>
      {files.map(file => (
        <li key={file.key} data-failed={file.problem ? true : undefined}>
          <IconPaperclip size={15} stroke={1.6} aria-hidden="true" />
          <bdi className="cut">{file.name}</bdi>
          <span className="muted">{sizeWords(file.bytes, place.language)}</span>
          {file.problem ? (
            <>
              <span className="wrong" role="alert">
                {file.problem.title || t('compose:fileFailed')}
              </span>
              {file.problem.code === 'silent' && (
                <button type="button" className="link" onClick={() => again(file.key)}>
                  {t('compose:fileAgain')}
                </button>
              )}
            </>
          ) : (
            file.id === null && <progress value={file.share} aria-label={t('compose:uploading', { name: file.name })} />
          )}
          <button
            type="button"
            aria-label={t('compose:withoutFile', { name: file.name })}
            className="out"
            onClick={() => remove(file.key)}
          >
            <IconX size={14} stroke={1.6} aria-hidden="true" />
          </button>
        </li>
      ))}
      {tooMuch && (
        <li className="wrong" role="alert">
          {tooMuch}
        </li>
      )}
    </ul>
  )
}
