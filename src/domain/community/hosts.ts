/** Names of hosts as people read them: what could be taken for another name is shown in its plain letters (punycode). Pure. */
import { domainToASCII, domainToUnicode } from 'node:url'

/** Letters of these look like Latin ones; each sign that does, of those in use. */
const lookalikes = /^[аеорсухіјѕӏԁһԛԝьвгкмнптαβγεζηικνορτυχωɑɡıօոսցզհⲟ\p{Nd}-]+$/u
const scripts = {
  latin: /\p{sc=Latin}/u,
  cyrillic: /\p{sc=Cyrillic}/u,
  greek: /\p{sc=Greek}/u,
  armenian: /\p{sc=Armenian}/u,
  hebrew: /\p{sc=Hebrew}/u,
  arabic: /\p{sc=Arabic}/u,
  thai: /\p{sc=Thai}/u,
  devanagari: /\p{sc=Devanagari}/u,
  georgian: /\p{sc=Georgian}/u,
  // Written together in one word, each with the same Han.
  asian: /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Hangul}]/u,
}
const plain =
  /^[\p{scx=Latin}\p{scx=Cyrillic}\p{scx=Greek}\p{scx=Armenian}\p{scx=Hebrew}\p{scx=Arabic}\p{scx=Thai}\p{scx=Devanagari}\p{scx=Georgian}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Hangul}\p{Nd}\p{M}-]+$/u
/** Latin beyond what words of Latin languages are made of. */
const oddLatin = /[ɑɡıꞌʟɩǀǃ]/u

/** Could somebody take one of its labels for another? */
export function isHomograph(host: string): boolean {
  const shown = domainToUnicode(domainToASCII(host) || host)
  return shown.split('.').some(label => {
    if (/^[\w-]*$/.test(label)) return false
    if (!plain.test(label) || oddLatin.test(label)) return true
    const used = Object.entries(scripts).filter(([, script]) => script.test(label))
    return used.length !== 1 || (used[0]![0] !== 'latin' && lookalikes.test(label))
  })
}

/** Null for what has no host. */
export function hostOf(href: string): string | null {
  try {
    return new URL(href).hostname || null
  } catch {
    return null
  }
}

/** As it is shown beside a link: in its own letters where they can't be mistaken. */
export function shownHost(host: string): string {
  const ascii = domainToASCII(host) || host
  return isHomograph(ascii) ? ascii : domainToUnicode(ascii)
}
