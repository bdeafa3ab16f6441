/** Undoes the compression of rich text in mails of Outlook (MS-OXRTFCP), and reads the plain words out of rich text. Bounded; never throws. */
import { cleanText, decodeBytes } from './charsets.ts'

/** What the window holds before the first byte (MS-OXRTFCP 2.1.2.1). */
const prefix = Buffer.from(
  '{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par \\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx',
  'latin1',
)
const longest = 4_000_000

/** Null when it is neither compressed nor plain rich text of the form that Outlook writes. */
export function rtfOf(bytes: Buffer): Buffer | null {
  if (bytes.length < 16) return null
  const size = Math.min(bytes.readUInt32LE(4), longest)
  const kind = bytes.readUInt32LE(8)
  if (kind === 0x414c454d) return bytes.subarray(16, 16 + size)
  return kind === 0x75465a4c ? inflate(bytes, size) : null
}

/** Each control byte says of the next eight items whether they are a letter or a place (12 bits) and length (4 bits) in the window. */
function inflate(bytes: Buffer, size: number): Buffer {
  const out = Buffer.alloc(size)
  const window = Buffer.alloc(4096)
  prefix.copy(window)
  let write = prefix.length
  let done = 0
  let at = 16
  const put = (byte: number) => {
    window[write] = byte
    write = (write + 1) % 4096
    if (done < size) out[done++] = byte
  }
  while (at < bytes.length && done < size) {
    const control = bytes[at++]!
    for (let bit = 0; bit < 8 && at < bytes.length && done < size; bit++) {
      if (((control >> bit) & 1) === 0) {
        put(bytes[at++]!)
        continue
      }
      if (at + 1 >= bytes.length) return out.subarray(0, done)
      const pair = (bytes[at]! << 8) | bytes[at + 1]!
      at += 2
      const from = pair >> 4
      // A place that is where we write ends the text.
      if (from === write) return out.subarray(0, done)
      for (let step = 0; step < (pair & 15) + 2; step++) put(window[(from + step) % 4096]!)
    }
  }
  return out.subarray(0, done)
}

/** Groups that hold no words of the writer. */
const silent = new Set([
  'fonttbl',
  'colortbl',
  'stylesheet',
  'info',
  'pict',
  'object',
  'header',
  'footer',
  'listtable',
  'listoverridetable',
  'rsidtbl',
  'generator',
  'themedata',
])
const breaks: Record<string, string> = {
  par: '\n',
  line: '\n',
  tab: '\t',
  row: '\n',
  cell: '\t',
  emdash: '—',
  endash: '–',
  bullet: '•',
  lquote: '‘',
  rquote: '’',
  ldblquote: '“',
  rdblquote: '”',
}
/** A control word with its number, an escaped byte, an escaped sign, a brace, or plain words. */
const piece = /\\([a-z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-f]{2})|\\([^a-z])|([{}])|([^\\{}\r\n]+)/gi

/** The words of rich text, without how they look. */
export function wordsOfRtf(rtf: Buffer): string {
  const stack: { quiet: boolean; skip: number }[] = []
  let now = { quiet: false, skip: 1 }
  let charset = 'windows-1252'
  let toSkip = 0
  let bytes: number[] = []
  let out = ''
  const flush = () => {
    if (bytes.length > 0) out += decodeBytes(Buffer.from(bytes), charset)
    bytes = []
  }
  const say = (words: string) => {
    flush()
    if (!now.quiet) out += words
  }
  for (const [, word, number, byte, sign, brace, words] of rtf.toString('latin1').matchAll(piece)) {
    if (brace === '{') {
      if (stack.length < 10_000) stack.push({ ...now })
    } else if (brace === '}') {
      flush()
      now = stack.pop() ?? now
    } else if (byte) {
      if (toSkip > 0) toSkip--
      else if (!now.quiet) bytes.push(Number.parseInt(byte, 16))
    } else if (words) {
      say(words.slice(toSkip))
      toSkip = Math.max(0, toSkip - words.length)
    } else if (sign === '*') now.quiet = true
    else if (sign === '~') say('\u00a0')
    else if (sign && '{}\\'.includes(sign)) say(sign)
    else if (word === 'ansicpg' && number) charset = `windows-${number}`
    else if (word === 'uc') now.skip = Math.min(Number(number ?? 1), 4)
    else if (word === 'u' && number) {
      say(String.fromCharCode(Number(number) & 0xffff))
      toSkip = now.skip
    }
    // Between these two stands what only readers without HTML need.
    else if (word === 'htmlrtf') now.quiet = number !== '0'
    else if (word && silent.has(word)) now.quiet = true
    else if (word && breaks[word]) say(breaks[word]!)
  }
  flush()
  return cleanText(out.toWellFormed())
}
