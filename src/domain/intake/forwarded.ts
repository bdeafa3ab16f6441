/**
 * Whom a forwarded mail came from first, by the head that mail programs put above it. Pure. Only believed of a teammate
 * whose mail is proven (R16): anybody may write "From: somebody else" into a body.
 */
import type { Reading } from '../../platform/mail/reading/reading.ts'

const forwardSubject = /^\s*(?:fwd?|wg|tr|rv|enc|i|vs|doorst|vb|pd)\s*:/i
const opening =
  /^[>\s]*(?:-{2,}\s*(?:forwarded message|original message|weitergeleitete nachricht|ursprüngliche nachricht|message transféré|message d'origine|mensaje reenviado|mensaje original|doorgestuurd bericht|messaggio inoltrato|mensagem encaminhada)\s*-{2,}|begin forwarded message:|anfang der weitergeleiteten nachricht:|début du message (?:transféré|réexpédié)\s*:|inicio del mensaje reenviado:|_{10,})\s*$/i
const fromLine = /^[>\s*]*(?:from|von|de|van|da|från|fra|od)\s{0,9}\*?\s{0,9}:\s{0,9}\*?(.+)$/i
/** The head stands right below its opening. */
const linesBelow = 8
/** No line of such a head is longer; this is read beside everything else Pond does. */
const longestLine = 1000

export type ForwardedFrom = { name: string; address: string }

export function forwardedFrom(reading: Pick<Reading, 'subject' | 'text'>): ForwardedFrom | null {
  if (!forwardSubject.test(reading.subject)) return null
  const lines = reading.text
    .slice(0, 20_000)
    .split('\n')
    .map(line => line.slice(0, longestLine))
  const at = lines.findIndex(line => opening.test(line))
  if (at < 0) return null
  for (const line of lines.slice(at + 1, at + 1 + linesBelow)) {
    const written = fromLine.exec(line)?.[1]
    if (written) return addressIn(written)
  }
  return null
}

function addressIn(written: string): ForwardedFrom | null {
  const found = /[<[(]?(?:mailto:)?([^\s<>[\]()"']{1,64}@[^\s<>[\]()"']{3,255})[>\])]?/.exec(written)
  if (!found) return null
  const name = written
    .slice(0, found.index)
    .replace(/["*<[(]/g, '')
    .trim()
  return { name, address: found[1]! }
}
