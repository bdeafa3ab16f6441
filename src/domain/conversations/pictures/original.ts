/** A raw mail as text one can look at: its headers decoded, and its source as it came. Pure; refuses nothing, cuts what is long. */
import { cleanLine, cleanText } from '../../../platform/mail/reading/charsets.ts'
import { decodeHeader } from '../../../platform/mail/reading/encodedWords.ts'
import { readHeaders } from '../../../platform/mail/reading/headers.ts'

export const longestSource = 200_000

export function originalOf(raw: Buffer) {
  const { headers } = readHeaders(raw, 0, Math.min(raw.length, 1024 * 1024))
  return {
    headers: [...headers.values]
      .slice(0, 300)
      .flatMap(([name, values]) =>
        values.slice(0, 50).map(value => ({ name, value: cleanLine(decodeHeader(value.slice(0, 5000))) })),
      ),
    source: cleanText(raw.toString('utf8', 0, longestSource)).slice(0, longestSource),
    cut: raw.length > longestSource,
    bytes: raw.length,
  }
}
