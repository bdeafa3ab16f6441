/** Attachments as one line each: what it is, what it is called, how big. Opens, never runs. */
import { IconFile, IconFileText, IconPhoto } from '@tabler/icons-react'
import type { MessageView } from '../../contract/conversations.ts'
import { usePlace } from '../../ui/index.ts'
import { t } from '../../words/desk.ts'

export function sizeWords(bytes: number, language: string): string {
  const [value, unit] = bytes >= 1_000_000 ? [bytes / 1_000_000, 'mb'] : [Math.max(1, bytes / 1000), 'kb']
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: unit === 'mb' ? 1 : 0 }).format(value)
  return t(`conversation:size.${unit}`, { number })
}

const iconOf = (mediaType: string) =>
  mediaType.startsWith('image/') ? IconPhoto : /pdf|text|word|document/.test(mediaType) ? IconFileText : IconFile

export function Files({ files }: { files: MessageView['attachments'] }) {
  const place = usePlace()
  const shown = files.filter(file => !file.inline)
  if (shown.length === 0) return null
  return (
    <ul className="files small">
      {shown.map(file => {
        const Icon = iconOf(file.mediaType)
        return (
          <li key={file.id}>
            <a href={file.address} target="_blank" rel="noreferrer">
              <Icon className="i" aria-hidden="true" />
              <bdi className="name">{file.name}</bdi>{' '}
              <span className="muted">{sizeWords(file.bytes, place.language)}</span>
            </a>
          </li>
        )
      })}
    </ul>
  )
}
