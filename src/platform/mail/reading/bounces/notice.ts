/** Reads notices for people that programs wrote before (or beside) RFC 3464: which recipients they name, and what is said about each. */

export type NoticeRow = { recipient: string; words: string }

const addr = /(?:"[^"\s]{1,80}"|[^\s<>"',;:()[\]]{1,120})@[^\s<>"',;:()[\]]{1,200}/

/** Where the mail that came back begins. */
const original =
  /^[>\s]*(?:-+ ?(?:below this line|enclosed) is a copy of|-{2,} ?(?:this is|the) (?:a )?(?:copy|header)|-{2,} ?(?:original|unsent|returned|undelivered) (?:message|mail)|-{2,} ?the (?:headers? of|body of|message)|original message (?:follows|headers|header)|original message:\s*$|message headers follow|included is a copy|below is a copy|the (?:original|first|header)s? .{0,40}(?:follow|message is|of the (?:original|message))|(?:here|following) (?:is|are) (?:a copy|the (?:initial|original|first))|-{2,} ?(?:message (?:text|header)|copy of|start of)|\|?-{3,} ?message (?:text|header)|text of (?:the )?message|content of (?:the )?message|message contents? follow|=+ ?(?:original|returned)|undelivered message|original mail (?:info|as follows)|-{3,}original (?:mail|message)|received:\s*from\s|return-path:\s*<|x-google-smtp-source:|dkim-signature:\s*v=|copy of (?:your )?message|___ ?original|-+ ?transcript of (?:original|message)|以下.{0,20}(?:元|オリジナル)|元のメッセージ)/i

export function splitNotice(text: string): { notice: string; original: string } {
  let at = 0
  for (const line of text.split('\n')) {
    if (at > 0 && line.length < 300 && original.test(line))
      return { notice: text.slice(0, at), original: text.slice(at) }
    at += line.length + 1
  }
  return { notice: text, original: '' }
}

/** A line that opens what is said about one recipient. */
const opening = new RegExp(
  `^[>\\s]*(?:[*•-]\\s+|>>>\\s*(?=[^\\s@]+@))?(?:<|"(?=[^"\\s]+@[^"\\s]+"))?(${addr.source})(?:[>"])?\\s*(?:$|[:;,]?\\s*$|:\\s+\\S|<|\\.\\.\\.|\\s+(?:on\\s|invalid|is\\s|does|has\\s|was\\s|\\(|-\\s|unknown|user|mailbox|not\\s|failed|cannot|could|\\d{3}\\b|\\[))`,
  'i',
)
/** A line that names a recipient within a sentence. */
const naming = new RegExp(
  `(?<![\\p{L}\\p{N}@._=+-])(?:recipients?|could not be delivered to|(?:un)?deliver(?:able|ed)?(?: your| the)?(?: message| mail| e-?mail)?(?: to| for)?|unknown user|userid|user unknown|attempts|allowed size|mailbox|your (?:message|mail|e-?mail) to|(?:message|mail|e-?mail|delivery) (?:for|to)|the (?:e-?mail )?account|address(?:es)?|rcpt to|failed recipient|no such user|delivering (?:your )?mail to|because|an|à|para|a|aan|adresse|destinat\\p{L}+|empfänger|пользовател\\p{L}+|получател\\p{L}+)(?:\\s*[:=]\\s*|\\s+)(?:\\w+\\s+){0,2}[<"'(\\[]*(${addr.source})`,
  'iu',
)
const never = /^(?:postmaster|mailer-daemon|abuse|support|help|helpdesk|admin|webmaster|hostmaster|noc|root|info)@/i

export function readNotice(notice: string, own: ReadonlySet<string>): NoticeRow[] {
  const lines = notice.split('\n').slice(0, 400)
  const rows: NoticeRow[] = []
  const known = new Map<string, NoticeRow>()
  let current: NoticeRow | null = null
  let plain = ''
  const add = (recipient: string, words: string): NoticeRow | null => {
    const clean = recipient.replace(/[.>]+$/, '')
    if (never.test(clean) && !/^[\s<]*(?:postmaster|admin|info|support|help|root|webmaster)/i.test(words)) return null
    if (own.has(clean.toLowerCase())) return null
    const found = known.get(clean.toLowerCase())
    if (found) {
      found.words += `\n${words}`
      return found
    }
    const row = { recipient: clean, words }
    known.set(clean.toLowerCase(), row)
    rows.push(row)
    return row
  }
  for (const line of lines) {
    if (line.length > 2000) continue
    const opened = opening.exec(line)
    if (opened) {
      const row = add(opened[1]!, line)
      if (row) {
        current = row
        // The second line of a wrapped answer begins with the same address.
        continue
      }
    }
    if (current) current.words += `\n${line}`
    else plain += `${line}\n`
  }
  if (rows.length === 0)
    for (const line of lines) {
      const named = line.length < 1000 ? naming.exec(line) : null
      if (named) add(named[1]!, '')
    }
  if (rows.length === 1 || rows.every(row => row.words.length < 90)) for (const row of rows) row.words += `\n${plain}`
  return rows
}
