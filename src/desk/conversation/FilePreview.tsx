/** One attachment, large: a picture or a text, with the arrows to those beside it. Anything else is a download. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Button, usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'
import { Sheet } from '../pieces/Sheet.tsx'
import { type File, kindOf, sizeWords } from './fileKinds.ts'

const longestText = 200_000
type Props = { file: File; files: File[]; onLook: (file: File) => void; onClose: () => void }

export function FilePreview({ file, files, onLook, onClose }: Props) {
  const place = usePlace()
  const at = files.findIndex(({ id }) => id === file.id)
  const step = (by: number) => {
    const next = files[at + by]
    if (next) onLook(next)
  }
  const onwards = document.documentElement.dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
  return (
    <Sheet
      title={<bdi>{file.name}</bdi>}
      onClose={onClose}
      onKey={event => {
        if (event.key === 'ArrowLeft' || event.key === 'ArrowRight') step(event.key === onwards ? 1 : -1)
      }}
    >
      <div className="lookat">
        {kindOf(file) === 'picture' ? <Whole key={file.id} file={file} /> : <Text file={file} />}
        <div className="bar small">
          {files.length > 1 && (
            <>
              <Button kind="quiet" disabled={at === 0} onClick={() => step(-1)}>
                {t('originals:previous')}
              </Button>
              <span className="muted">{t('originals:of', { at: at + 1, count: files.length })}</span>
              <Button kind="quiet" disabled={at === files.length - 1} onClick={() => step(1)}>
                {t('originals:next')}
              </Button>
            </>
          )}
          <a className="link push" href={file.address} download={file.name}>
            {t('originals:download')}
          </a>
          <span className="muted">{sizeWords(file.bytes, place.language)}</span>
        </div>
      </div>
    </Sheet>
  )
}

function Whole({ file }: { file: File }) {
  const [drawn, setDrawn] = useState(true)
  return drawn ? (
    <img className="whole" src={file.address} alt={file.name} onError={() => setDrawn(false)} />
  ) : (
    <p className="muted">{t('originals:noPicture')}</p>
  )
}

function Text({ file }: { file: File }) {
  const asked = useQuery({
    queryKey: ['text of', file.id],
    queryFn: () => beginning(file.address),
    staleTime: Infinity,
  })
  if (asked.isError) return <p className="muted">{t('originals:noText')}</p>
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <pre dir="auto" tabIndex={0}>
        {asked.data?.text ?? ''}
      </pre>
      {asked.data?.cut && <p className="small muted">{t('originals:textCut')}</p>}
    </>
  )
}

/** No more than a person reads is kept, whatever the size of the file. */
async function beginning(address: string): Promise<{ text: string; cut: boolean }> {
  const response = await fetch(address, { credentials: 'same-origin' })
  if (!response.ok || !response.body) throw new Error(`${response.status}`)
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader()
  let text = ''
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    text += part.value
    if (text.length > longestText) {
      await reader.cancel()
      return { text: text.slice(0, longestText), cut: true }
    }
  }
  return { text, cut: false }
}
