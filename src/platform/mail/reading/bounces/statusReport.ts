/** Parses the fields of message/delivery-status (RFC 3464) wherever they stand; lines that are no fields are skipped. */

export type StatusRow = {
  recipient: string
  original: string
  action: string
  status: string
  diagnostic: string
  remote: string
}
export type StatusReport = { rows: StatusRow[]; envelopeId: string | null }

const recipientField = /^(?:final-recipient|original-recipient|x-actual-recipient|x-final-recipient)$/

export function parseStatusReport(text: string): StatusReport {
  const rows: StatusRow[] = []
  let envelopeId: string | null = null
  let group = new Map<string, string>()
  const finish = () => {
    const final = addressIn(group.get('final-recipient') ?? group.get('x-final-recipient'))
    const original = addressIn(group.get('original-recipient'))
    const actual = addressIn(group.get('x-actual-recipient'))
    const named = final || original || actual
    if (named || (group.has('action') && group.has('status'))) {
      rows.push({
        recipient:
          original &&
          !/^(?:rfc822|unknown)$/i.test(original) &&
          final !== '' &&
          final.split('@')[0] === original.split('@')[0]
            ? final
            : final || original || actual,
        original: original || actual,
        action: (group.get('action') ?? '').split(/[\s(;]/)[0]!.toLowerCase(),
        status: /[245]\.\d{1,3}\.\d{1,3}/.exec(group.get('status') ?? '')?.[0] ?? '',
        diagnostic: group.get('diagnostic-code') ?? group.get('x-supplementary-info') ?? '',
        remote: group.get('remote-mta') ?? '',
      })
    }
    envelopeId = group.get('original-envelope-id') ?? envelopeId
    group = new Map()
  }
  let last = ''
  for (const line of text.split('\n')) {
    if (line.trim() === '') {
      // Some programs leave a blank line between the fields of one recipient: only a new recipient ends a group then.
      last = ''
      continue
    }
    if (/^[ \t]/.test(line) && last) {
      group.set(last, `${group.get(last)} ${line.trim()}`.slice(0, 4000))
      continue
    }
    const field = /^([A-Za-z][A-Za-z0-9-]{1,40})\s*:\s*(.*)$/.exec(line)
    if (!field) {
      // A diagnostic that lost its folding.
      if (last === 'diagnostic-code') group.set(last, `${group.get(last)} ${line.trim()}`.slice(0, 4000))
      continue
    }
    const name = field[1]!.toLowerCase()
    if (
      recipientField.test(name) &&
      (group.has(name) || (group.has('action') && group.has('status') && !hasRecipientPending(group)))
    ) {
      if ([...group.keys()].some(key => recipientField.test(key)) || group.has('action')) finish()
    }
    last = name
    group.set(name, field[2]!.slice(0, 4000))
  }
  finish()
  return { rows, envelopeId }
}

/** Action and Status may come before the recipient they belong to. */
function hasRecipientPending(group: Map<string, string>): boolean {
  return ![...group.keys()].some(key => recipientField.test(key))
}

export function addressIn(value: string | undefined): string {
  if (!value) return ''
  const bare = value
    .slice(value.indexOf(';') + 1)
    .trim()
    .replace(/^<|>$/g, '')
  const match = /(?:"[^"]{1,100}"|[^\s<>;,"]{1,200})@[^\s<>;,"]{1,250}/.exec(bare)
  return match ? match[0] : /^\S{1,200}$/.test(bare) ? bare : ''
}
