/** What a file is to somebody who looks: a picture, a text, or something to download; and how large, in words. */
import type { MessageView } from '../../contract/conversations.ts'
import { t } from '../../words/desk.ts'

export type File = MessageView['attachments'][number]

export function sizeWords(bytes: number, language: string): string {
  const [value, unit] =
    bytes >= 1e9 ? [bytes / 1e9, 'gb'] : bytes >= 1e6 ? [bytes / 1e6, 'mb'] : [Math.max(1, bytes / 1000), 'kb']
  const number = new Intl.NumberFormat(language, { maximumFractionDigits: unit === 'kb' ? 0 : 1 }).format(value)
  return t(`conversation:size.${unit}`, { number })
}

const pictures = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif'])
const texts = /^text\/(?!html|calendar)|^application\/json$|^message\/delivery-status$/
/** What can be looked at here; the rest is a download. */
export const kindOf = (file: File) =>
  pictures.has(file.mediaType) ? 'picture' : texts.test(file.mediaType) ? 'text' : null
