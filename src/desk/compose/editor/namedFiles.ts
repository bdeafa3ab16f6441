/** Screenshots come from the clipboard all named "image.png": they get the time instead. Pure. */
import { t } from '../../../words/desk.ts'

export function namedFiles(files: readonly File[], now: Date): File[] {
  const two = (n: number) => String(n).padStart(2, '0')
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`
  const time = `${two(now.getHours())}.${two(now.getMinutes())}.${two(now.getSeconds())}`
  return files.map((file, at) => {
    const ending = /^image\.(png|jpe?g|gif|webp)$/i.exec(file.name)?.[1]
    if (!ending) return file
    const name = t('compose:screenshot', { day, time: at > 0 ? `${time} ${at + 1}` : time })
    return new File([file], `${name}.${ending}`, { type: file.type })
  })
}
