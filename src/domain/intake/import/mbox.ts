/** Splits an mbox into its mails while it is read (RFC 4155 and the many that never read it). Loses no byte of a mail but the one ">" that mboxrd added; decides nothing about what a mail says. */

export type SplitMail = {
  raw: Buffer
  /** Set when only the head is in `raw`. */
  oversizeBytes: number | null
}

export type SplitOptions = { limit: number; headBytes: number }

/** `From somebody Tue Nov 24 10:00:00 2026` in its many spellings, Thunderbird's `From - …` and Gmail's `From 123@xxx …` among them. */
const separator =
  /^From \S.*\d{1,2}:\d{2}.*\d{4}|^From .*\d{4}.*\d{1,2}:\d{2}|^From (MAILER_DAEMON|MAILER-DAEMON|-|\S+@\S+|\?\?\?@\?\?\?)\s*$/
/** RFC 5322, 2.2; some writers put an escaped separator or a byte order mark before the first field. */
const headerField = /^(?:[!-9;-~]+[ \t]*:|>?From )/
const escapedFrom = /^>+From /
const longestLine = 64 * 1024

export async function* splitMbox(pieces: AsyncIterable<Buffer>, options: SplitOptions): AsyncGenerator<SplitMail> {
  let mail: Collected | null = null
  let held: Buffer | null = null
  let afterBlank = true
  for await (const { line, whole } of linesOf(pieces)) {
    if (held !== null) {
      // A line "From …" in a text is followed by text; a separator by a header field, or by nothing at all.
      if (startsHeader(line)) {
        if (mail) yield finished(mail)
        mail = collected(options)
      } else {
        mail ??= collected(options)
        add(mail, held)
      }
      held = null
    }
    const begins =
      afterBlank &&
      whole &&
      line.length < 1000 &&
      line.subarray(0, 5).equals(from) &&
      separator.test(line.toString('latin1').trimEnd())
    afterBlank = whole && isBlank(line)
    if (begins) {
      held = line
      continue
    }
    // What stands before the first separator is no mail, unless it is all there is.
    if (mail === null && isBlank(line)) continue
    mail ??= collected(options)
    add(mail, escapedFrom.test(line.subarray(0, 200).toString('latin1')) ? line.subarray(1) : line)
  }
  if (held !== null && mail) add(mail, held)
  if (mail) yield finished(mail)
}

const from = Buffer.from('From ')

function startsHeader(line: Buffer): boolean {
  return headerField.test(line.subarray(0, 200).toString('latin1'))
}

function isBlank(line: Buffer): boolean {
  return line.length === 1 ? line[0] === 10 : line.length === 2 && line[0] === 13 && line[1] === 10
}

type Collected = { pieces: Buffer[]; bytes: number; options: SplitOptions; last: Buffer | null }

function collected(options: SplitOptions): Collected {
  return { pieces: [], bytes: 0, options, last: null }
}

/** The newest line is kept apart: a blank one before a separator belongs to the separator. */
function add(mail: Collected, line: Buffer) {
  if (mail.last !== null) keep(mail, mail.last)
  mail.last = line
}

function keep(mail: Collected, line: Buffer) {
  mail.bytes += line.length
  if (mail.bytes <= mail.options.limit) mail.pieces.push(line)
  else if (mail.pieces.length > 1) mail.pieces = [Buffer.concat(mail.pieces).subarray(0, mail.options.headBytes)]
}

function finished(mail: Collected): SplitMail {
  if (mail.last !== null && !isBlank(mail.last)) keep(mail, mail.last)
  const raw = Buffer.concat(mail.pieces)
  const oversize = mail.bytes > mail.options.limit
  return { raw: oversize ? raw.subarray(0, mail.options.headBytes) : raw, oversizeBytes: oversize ? mail.bytes : null }
}

/** With their line ends. A line longer than any mail has comes in pieces (`whole` false), so that memory stays bounded. */
async function* linesOf(pieces: AsyncIterable<Buffer>): AsyncGenerator<{ line: Buffer; whole: boolean }> {
  let rest: Buffer = Buffer.alloc(0)
  let inside = false
  for await (const piece of pieces) {
    const all = rest.length === 0 ? piece : Buffer.concat([rest, piece])
    let start = 0
    for (let end = all.indexOf(10, start); end >= 0; end = all.indexOf(10, start)) {
      yield { line: all.subarray(start, end + 1), whole: !inside }
      inside = false
      start = end + 1
    }
    rest = all.subarray(start)
    if (rest.length > longestLine) {
      yield { line: rest, whole: false }
      inside = true
      rest = Buffer.alloc(0)
    }
  }
  if (rest.length > 0) yield { line: rest, whole: !inside }
}
