/** Turns bytes and their claimed character set into a string; it never refuses for a wrong or unknown label (R10). */
import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import iconv from 'iconv-lite'

const likeLatin = new Set([
  '',
  'us-ascii',
  'ascii',
  'iso-8859-1',
  'iso8859-1',
  'latin1',
  'windows-1252',
  'cp1252',
  '8bit',
  '7bit',
])
const likeUtf8 = new Set(['utf-8', 'utf8', 'unicode-1-1-utf-8', 'utf-8n', 'utf_8'])
/** Labels seen in mail for which neither decoder below has an entry under that name. */
const otherNames: Record<string, string> = {
  'ks_c_5601-1987': 'euc-kr',
  ks_c_5601: 'euc-kr',
  ksc5601: 'euc-kr',
  'cp-850': 'cp850',
  'x-sjis': 'shift_jis',
  sjis: 'shift_jis',
  cp932: 'shift_jis',
  'iso-8859-8-i': 'iso-8859-8',
  'iso-8859-8-e': 'iso-8859-8',
  cp936: 'gb18030',
  gb2312: 'gb18030',
  gbk: 'gb18030',
  cp950: 'big5',
  'iso-2022-jp-1': 'iso-2022-jp',
  'iso-2022-jp-2': 'iso-2022-jp',
  'iso-2022-jp-3': 'iso-2022-jp',
  'iso-2022-jp-ms': 'iso-2022-jp',
  '_iso-2022-jp$esc': 'iso-2022-jp',
}
/** ICU knows these better than tables do (state machines, newer mappings). */
const byIcu = new Set(['iso-2022-jp', 'shift_jis', 'euc-jp', 'euc-kr', 'gb18030', 'big5'])
const icu = new Map<string, TextDecoder>()

export function decodeBytes(bytes: Buffer, claimed: string | null | undefined): string {
  const label = cleanLabel(claimed)
  if (likeUtf8.has(label)) return isUtf8(bytes) ? bytes.toString('utf8') : fromBrokenUtf8(bytes)
  if (likeLatin.has(label)) return fromUnlabelled(bytes)
  const name = otherNames[label] ?? label
  if (byIcu.has(name)) {
    const decoder = icu.get(name) ?? new TextDecoder(name)
    icu.set(name, decoder)
    return decoder.decode(bytes)
  }
  if (iconv.encodingExists(name)) return iconv.decode(bytes, name)
  return fromUnlabelled(bytes)
}

function cleanLabel(claimed: string | null | undefined): string {
  if (!claimed) return ''
  // A language tag may follow after '*' (RFC 2231 §5).
  return claimed
    .slice(0, 60)
    .toLowerCase()
    .replace(/["'\s]/g, '')
    .replace(/\*.*$/, '')
}

/** ASCII, or UTF-8 when it happens to be valid (a Latin text is that by chance practically never), else what western mailers mean. */
function fromUnlabelled(bytes: Buffer): string {
  if (isUtf8(bytes)) {
    return bytes.includes('\x1b$') ? decodeBytes(bytes, 'iso-2022-jp') : bytes.toString('utf8')
  }
  return iconv.decode(bytes, 'windows-1252')
}

function fromBrokenUtf8(bytes: Buffer): string {
  const text = bytes.toString('utf8')
  let broken = 0
  let fine = 0
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code === 0xfffd) broken++
    else if (code > 0x7f) fine++
  }
  return broken > fine ? iconv.decode(bytes, 'windows-1252') : text
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const controls = /[\x00-\x08\x0b-\x1f\x7f\ufeff]/
const allControls = new RegExp(controls.source, 'g')

/** What a database takes and a screen can show: no NUL, no other control characters but tab and '\n', no lone surrogates. */
export function cleanText(text: string): string {
  let out = text
  if (out.includes('\r')) out = out.replace(/\r\n?/g, '\n')
  if (controls.test(out)) out = out.replace(/\f/g, '\n').replace(allControls, '')
  return out.isWellFormed() ? out : out.toWellFormed()
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is removed
const breaksLine = /[\x00-\x1f\x7f-\x9f\u2028\u2029]/
const allBreaks = new RegExp(`${breaksLine.source}+`, 'g')

/** As `cleanText`, on one line. */
export function cleanLine(text: string): string {
  const out = breaksLine.test(text) ? text.replace(allBreaks, ' ') : text
  return (out.isWellFormed() ? out : out.toWellFormed()).trim()
}
