/** Attachments: pictures small, everything else as a line with its name and size. Opens for a look, never runs. */
import './files.css'
import { IconFile, IconFileText, IconPhoto } from '@tabler/icons-react'
import { lazy, Suspense, useState } from 'react'
import { smallPath } from '../../contract/originals.ts'
import { usePlace } from '../../ui/index.ts'
import { type File, kindOf, sizeWords } from './fileKinds.ts'

const FilePreview = lazy(() => import('./FilePreview.tsx').then(({ FilePreview }) => ({ default: FilePreview })))
const iconOf = (mediaType: string) =>
  mediaType.startsWith('image/') ? IconPhoto : /pdf|text|word|document/.test(mediaType) ? IconFileText : IconFile

export function Files({ files }: { files: File[] }) {
  const [looking, look] = useState<File | null>(null)
  const shown = files.filter(file => !file.inline)
  if (shown.length === 0) return null
  const drawn = shown.filter(file => kindOf(file) === 'picture')
  const lined = shown.filter(file => kindOf(file) !== 'picture')
  return (
    <>
      {drawn.length > 0 && (
        <ul className="pictures">
          {drawn.map(file => (
            <Picture key={file.id} file={file} onLook={() => look(file)} />
          ))}
        </ul>
      )}
      {lined.length > 0 && (
        <ul className="files small">
          {lined.map(file => (
            <li key={file.id}>
              <Line file={file} onLook={() => look(file)} />
            </li>
          ))}
        </ul>
      )}
      {looking && (
        <Suspense>
          <FilePreview
            file={looking}
            files={shown.filter(file => kindOf(file) !== null)}
            onLook={look}
            onClose={() => look(null)}
          />
        </Suspense>
      )}
    </>
  )
}

/** One that cannot be drawn becomes a line like any other file. */
function Picture({ file, onLook }: { file: File; onLook: () => void }) {
  const [drawn, setDrawn] = useState(true)
  return (
    <li>
      {drawn ? (
        <button type="button" className="filepicture" title={file.name} onClick={onLook}>
          <img src={smallPath(file.address)} alt={file.name} loading="lazy" onError={() => setDrawn(false)} />
        </button>
      ) : (
        <Line file={file} onLook={onLook} />
      )}
    </li>
  )
}

function Line({ file, onLook }: { file: File; onLook: () => void }) {
  const place = usePlace()
  const Icon = iconOf(file.mediaType)
  const words = (
    <>
      <Icon className="i" aria-hidden="true" />
      <bdi className="name">{file.name}</bdi> <span className="muted">{sizeWords(file.bytes, place.language)}</span>
    </>
  )
  return kindOf(file) === 'text' ? (
    <button type="button" onClick={onLook}>
      {words}
    </button>
  ) : (
    <a href={file.address} target="_blank" rel="noreferrer">
      {words}
    </a>
  )
}
