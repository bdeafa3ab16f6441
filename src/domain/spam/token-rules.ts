/**
 * A mail as the pieces by which spam is known: words of its subject and text, where it comes from, and where its links
 * lead. Bounded, whatever comes. Languages without blanks are cut into pairs of signs. Pure.
 */

export type Piece = string
export type MailText = { subject: string; text: string; html: string | null; from: string }

const most = 250
const longestText = 12_000
const letters = /[\p{L}\p{N}$€£¥%]+(?:['-][\p{L}\p{N}]+)*/gu
const unspaced =
  /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+$/u
const cutUnspaced =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+|[^\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]+/gu
const links = /\bhttps?:\/\/(?:[^\s/@<>"']*@)?([^\s/:?#<>"'@]{3,100})/gi

/** Each once, the telling places first. */
export function piecesOf(mail: MailText): Piece[] {
  const pieces = new Set<Piece>()
  const add = (piece: Piece) => pieces.size < most && pieces.add(piece)
  const domain = mail.from
    .slice(mail.from.lastIndexOf('@') + 1)
    .toLowerCase()
    .slice(0, 55)
  if (domain) {
    add(`from:${domain}`)
    add(`from:.${domain.slice(domain.lastIndexOf('.') + 1)}`)
  }
  for (const word of wordsOf(mail.subject.slice(0, 500))) add(`subject:${word}`)
  for (const text of [mail.text.slice(0, longestText), (mail.html ?? '').slice(0, 4 * longestText)])
    for (const [, host] of text.matchAll(links)) add(`link:${host!.toLowerCase().slice(0, 50)}`)
  for (const word of wordsOf(mail.text.slice(0, longestText))) add(word)
  return [...pieces].map(piece => piece.toWellFormed())
}

function* wordsOf(text: string): Generator<string> {
  const plain = text.normalize('NFKC').toLowerCase().replaceAll('’', "'").replaceAll('\0', ' ')
  for (const [run] of plain.matchAll(letters)) {
    for (const [word] of run.matchAll(cutUnspaced)) {
      if (unspaced.test(word)) yield* pairsOf(word)
      // Numbers say nothing, what is long was made by machines.
      else if (word.length >= 3 && word.length <= 30 && !/^\d+$/.test(word)) yield word
    }
  }
}

function* pairsOf(run: string): Generator<string> {
  const signs = [...run]
  if (signs.length === 1) yield run
  for (let at = 0; at + 1 < signs.length; at++) yield signs[at]! + signs[at + 1]!
}
