/** Numbers inside sentences: up to twelve they are written out. */
import { t } from './catalogue.ts'

export function spelled(number: number): string {
  return number <= 12 ? t(`desk:number.${number}`) : String(number)
}

/** Every sentence begins with a capital, also when it begins with a number. */
export function capital(sentence: string): string {
  return sentence.replace(
    /(^|\. )(\p{Ll})/gu,
    (_, before: string, letter: string) => before + letter.toLocaleUpperCase(),
  )
}
