/** One mail at a time: heads, character sets, attachments, kinds, verified senders, and quoted HTML of the well-known programs. */
import { describe, expect, test } from 'vitest'
import { read } from './read.ts'
import type { ReadingOptions } from './reading.ts'

function mail(head: string[], body: string | Buffer = 'Hello', options: ReadingOptions = {}) {
  const lines = head.some(line => /^from:/i.test(line)) ? head : ['From: Ada <ada@example.net>', ...head]
  return read(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), Buffer.from(body)]), options)
}

describe('people', () => {
  const cases: [string, { name: string; address: string }[]][] = [
    ['Ada <ada@example.net>', [{ name: 'Ada', address: 'ada@example.net' }]],
    [
      '"Lovelace, Ada" <ada@example.net>, bob@example.net (Bob)',
      [
        { name: 'Lovelace, Ada', address: 'ada@example.net' },
        { name: 'Bob', address: 'bob@example.net' },
      ],
    ],
    ['=?utf-8?Q?Lovelace=2C_Ada_=C3=84?= <ada@example.net>', [{ name: 'Lovelace, Ada Ä', address: 'ada@example.net' }]],
    ['=?utf-8?q?Lovelace,_Ada?= <ada@example.net>', [{ name: 'Lovelace, Ada', address: 'ada@example.net' }]],
    [
      'Friends: ada@example.net, Bob <bob@example.net>;',
      [
        { name: '', address: 'ada@example.net' },
        { name: 'Bob', address: 'bob@example.net' },
      ],
    ],
    ['undisclosed-recipients:;', []],
    [
      "'Ada' <mailto:ada@example.net>; Bob <bob@example.net>",
      [
        { name: 'Ada', address: 'ada@example.net' },
        { name: 'Bob', address: 'bob@example.net' },
      ],
    ],
    ['"unclosed <ada@example.net>', [{ name: '"unclosed', address: 'ada@example.net' }]],
    ['<@relay.example:ada@example.net>', [{ name: '', address: 'ada@example.net' }]],
  ]
  for (const [header, wanted] of cases)
    test(header, () => {
      expect(mail([`To: ${header}`]).to.map(({ name, address }) => ({ name, address }))).toEqual(wanted)
    })
})

describe('character sets', () => {
  const cases: [string, string | null, number[], string][] = [
    ['a label nobody knows', 'x-nobody', [0x47, 0xfc, 0x6e], 'Gün'],
    ['UTF-8 called Latin', 'iso-8859-1', [0xc3, 0xbc], 'ü'],
    ['Latin called UTF-8', 'utf-8', [0x47, 0xfc, 0x6e], 'Gün'],
    ['no label', null, [0xc3, 0xbc], 'ü'],
    ['ISO-2022-JP', 'iso-2022-jp', [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42], '日'],
    ['ISO-2022-JP without a label', null, [0x1b, 0x24, 0x42, 0x46, 0x7c, 0x1b, 0x28, 0x42], '日'],
    ['Shift_JIS', 'shift_jis', [0x93, 0xfa], '日'],
    ['GBK called GB2312', 'gb2312', [0xc8, 0xd5], '日'],
    ['KOI8-R', 'koi8-r', [0xc4, 0xc1], 'да'],
    ['Korean', 'ks_c_5601-1987', [0xc7, 0xd1], '한'],
    ['UTF-7', 'utf-7', [...Buffer.from('+AOQ-')], 'ä'],
  ]
  for (const [name, charset, bytes, wanted] of cases)
    test(name, () => {
      expect(mail(charset ? [`Content-Type: text/plain; charset=${charset}`] : [], Buffer.from(bytes)).text).toBe(
        wanted,
      )
    })
  test('bare bytes and broken words in a subject', () => {
    expect(mail(['Subject: Gr\xfc\xdfe']).subject).toBe('Grüße')
    expect(mail(['Subject: =?utf-8?B?R3LDvA==?= =?utf-8?Q?=C3=9Fe?=']).subject).toBe('Grüße')
    expect(mail(['Subject: =?utf-8?B?R3LD?= =?utf-8?B?vMOfZQ==?=']).subject).toBe('Grüße')
    expect(mail(['Subject: =?nonsense']).subject).toBe('=?nonsense')
  })
})

describe('attachments', () => {
  const named = (disposition: string) =>
    mail(['Content-Type: application/pdf', `Content-Disposition: ${disposition}`], 'x').attachments[0]!.name
  test('are named as the sender meant', () => {
    expect(named("attachment; filename*=utf-8''%C3%9Cbersicht.pdf")).toBe('Übersicht.pdf')
    expect(named("attachment; filename*0*=utf-8''%C3%9Cber; filename*1=sicht.pdf")).toBe('Übersicht.pdf')
    expect(named('attachment; filename="=?utf-8?Q?=C3=9Cber.pdf?="')).toBe('Über.pdf')
    expect(named('attachment; filename=two words.pdf')).toBe('two words.pdf')
    expect(named('attachment; filename="\xdcber.pdf"')).toBe('Über.pdf')
  })
  test('cannot pretend or climb by their name', () => {
    expect(named('attachment; filename="../../x.svg"')).toBe('x.svg')
    expect(named('attachment; filename="C:\\\\temp\\\\x.exe"')).toBe('x.exe')
    expect(named("attachment; filename*=utf-8''gpj.%E2%80%AEexe.pdf")).toBe('gpj.exe.pdf')
    expect(named('attachment; filename="..."')).toMatch(/^part-1\./)
  })
  test('are all there: enclosed mails, nameless parts, uuencoded files', () => {
    const reading = mail(
      ['Content-Type: multipart/mixed; boundary=b'],
      '--b\r\n\r\nHello\r\nbegin 644 a.txt\r\n#86)C\r\n`\r\nend\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: x@y\r\n\r\ninner\r\n--b\r\nContent-Type: image/png\r\n\r\npng\r\n--b\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nnotes\r\n--b--\r\n',
    )
    expect(reading.text).toBe('Hello')
    expect(reading.attachments.map(({ name, content }) => [name, content.toString()])).toEqual([
      ['a.txt', 'abc'],
      ['message-2.eml', 'From: x@y\r\n\r\ninner'],
      ['part-3.png', 'png'],
      ['part-4.txt', 'notes'],
    ])
  })
  test('are shown in their place, or listed when the HTML does not name them', () => {
    const reading = mail(
      ['Content-Type: multipart/related; boundary=b'],
      '--b\r\nContent-Type: text/html\r\n\r\n<p>See <img src="cid:one@x"></p>\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <one@x>\r\n\r\n1\r\n--b\r\nContent-Type: image/png\r\nContent-ID: <two@x>\r\n\r\n2\r\n--b--',
    )
    expect(reading.html).toContain('data-cid="one@x"')
    expect(reading.attachments.map(({ contentId, inline }) => [contentId, inline])).toEqual([
      ['one@x', true],
      ['two@x', false],
    ])
  })
})

describe('kinds', () => {
  const cases: [string, string[], string, boolean][] = [
    ['a person', ['Subject: Kettle'], 'message', true],
    ['a vacation notice', ['Auto-Submitted: auto-replied'], 'auto-reply', false],
    ['a person who says so', ['Auto-Submitted: no'], 'message', true],
    ['an old vacation program', ['X-Autoreply: yes'], 'auto-reply', false],
    ['out of office by its subject', ['Subject: Automatische Antwort: Kessel'], 'auto-reply', false],
    ['a mailing list', ['List-Id: <x.example.org>', 'List-Post: <mailto:x@example.org>'], 'list', false],
    ['a mailing list of old', ['Precedence: list'], 'list', false],
    ['a newsletter', ['List-Unsubscribe: <https://x.example/u>', 'Feedback-ID: 1'], 'bulk', false],
    ['bulk', ['Precedence: bulk'], 'bulk', false],
    ['a null return path', ['Return-Path: <>', 'Subject: hm'], 'auto-reply', false],
    ['a bounce', ['From: MAILER-DAEMON@x.example', 'Subject: Undelivered Mail Returned to Sender'], 'bounce', false],
    ['our own loop', ['X-Pond-Loop: v1.x'], 'message', false],
    ['an address nobody reads', ['From: no-reply@example.net'], 'message', false],
    ['ourselves', ['From: desk@example.org'], 'message', false],
    [
      'a read receipt',
      ['Content-Type: multipart/report; report-type=disposition-notification; boundary=b'],
      'auto-reply',
      false,
    ],
  ]
  for (const [name, head, kind, answered] of cases)
    test(name, () => {
      const reading = mail(head, 'Hello', { ownAddresses: ['desk@example.org'] })
      expect([reading.kind, reading.wouldAcknowledge]).toEqual([kind, answered])
      if (!answered) expect(reading.why.length).toBeGreaterThan(0)
    })
  test('the envelope outweighs the head', () => {
    expect(mail(['Return-Path: <ada@example.net>'], 'x', { envelopeFrom: '' }).wouldAcknowledge).toBe(false)
  })
})

describe('DMARC is believed', () => {
  const trusted = { trustedAuthservIds: ['mx.example.org'] }
  const verdict = (head: string[], options: ReadingOptions = trusted) => mail(head, 'x', options).dmarc
  test('from a server we were told to trust, about the domain in From', () => {
    expect(verdict(['Authentication-Results: mx.example.org; dmarc=pass (p=reject) header.from=example.net'])).toBe(
      'pass',
    )
    expect(verdict(['Authentication-Results: mx.example.org; spf=fail; dmarc=fail header.from=example.net'])).toBe(
      'fail',
    )
  })
  test('never otherwise', () => {
    expect(verdict(['Authentication-Results: mx.example.org; dmarc=pass header.from=example.net'], {})).toBe('none')
    expect(verdict(['Authentication-Results: evil.example; dmarc=pass header.from=example.net'])).toBe('none')
    expect(verdict(['Authentication-Results: mx.example.org; dmarc=pass header.from=evil.example'])).toBe('none')
    expect(
      verdict([
        'Authentication-Results: mx.example.org; dmarc=none',
        'Authentication-Results: mx.example.org; dmarc=pass header.from=example.net',
      ]),
    ).toBe('none')
    expect(verdict(['Authentication-Results: (mx.example.org;) evil; dmarc=pass header.from=example.net'])).toBe('none')
    expect(
      verdict([
        'From: boss@example.net, evil@evil.example',
        'Authentication-Results: mx.example.org; dmarc=pass header.from=example.net',
      ]),
    ).toBe('none')
    expect(
      verdict([
        'From: a@example.net',
        'From: b@example.net',
        'Authentication-Results: mx.example.org; dmarc=pass header.from=example.net',
      ]),
    ).toBe('none')
  })
})

describe('quoted HTML is cut', () => {
  const history = '<p>Is it on?</p><p>Jane</p>'
  const programs: Record<string, string> = {
    Gmail: `<div dir="ltr">It works.</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" class="gmail_attr">On Mon, Jan 5, 2026 at 10:12 AM Jane &lt;<a href="mailto:j@e.org">j@e.org</a>&gt; wrote:<br></div><blockquote class="gmail_quote">${history}</blockquote></div>`,
    Outlook: `<div>It works.</div><div id="appendonsend"></div><hr><div id="divRplyFwdMsg" dir="ltr"><b>From:</b> Jane<br><b>Sent:</b> Monday<br><b>Subject:</b> Kettle</div><div>${history}</div>`,
    'Outlook of the desktop': `<div class="WordSection1"><p class="MsoNormal">It works.</p><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class="MsoNormal"><b>From:</b> Jane &lt;j@e.org&gt;<br><b>Sent:</b> Monday, January 5, 2026<br><b>To:</b> Ada<br><b>Subject:</b> Kettle</p></div>${history}</div>`,
    'Apple Mail': `<div>It works.<br><blockquote type="cite"><div>On 5. Jan 2026, at 10:12, Jane &lt;j@e.org&gt; wrote:</div>${history}</blockquote></div>`,
    Thunderbird: `<p>It works.</p><div class="moz-cite-prefix">Am 05.01.26 um 10:12 schrieb Jane:<br></div><blockquote type="cite" cite="mid:x">${history}</blockquote>`,
    Yahoo: `<div>It works.</div><div id="yahoo_quoted_12" class="yahoo_quoted"><div>On Monday, January 5, 2026, Jane wrote:</div>${history}</div>`,
    Proton: `<div>It works.</div><div class="protonmail_quote">On Monday, Jane wrote:<br><blockquote class="protonmail_quote" type="cite">${history}</blockquote></div>`,
  }
  for (const [program, html] of Object.entries(programs))
    test(`of ${program}`, () => {
      const reading = mail(['Content-Type: text/html; charset=utf-8'], html)
      expect(reading.trimmed).toBe('It works.')
      expect(reading.text).toContain('Is it on?')
      expect(reading.html).toContain('Is it on?')
      expect(reading.htmlTrimmed).toContain('It works.')
      expect(reading.htmlTrimmed).not.toContain('Is it on?')
    })
  test('but answers within it stay', () => {
    const reading = mail(
      ['Content-Type: text/html'],
      '<div>Hi</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Jan 5, 2026 at 10:12 Jane wrote:</div><blockquote class="gmail_quote">Is it on?</blockquote><div>Yes.</div><blockquote class="gmail_quote">Is it red?</blockquote><div>No.</div></div>',
    )
    for (const line of ['Hi', 'Yes.', 'No.']) expect(reading.trimmed.split('\n')).toContain(line)
    expect(reading.htmlTrimmed).toContain('No.')
  })
})

describe('what cannot be a message says why', () => {
  test('nothing, no head, no sender', () => {
    expect(read(Buffer.alloc(0)).quarantine).toBe('empty')
    expect(read(Buffer.from('just some words')).quarantine).toBe('no-headers')
    expect(read(Buffer.from('Subject: x\r\n\r\ny')).quarantine).toBe('no-sender')
  })
})

test('a line separator in a subject or a Message-ID is a blank: what answers it can be sent (S15)', () => {
  const { subject, messageId } = mail([
    'Subject: =?utf-8?Q?one=E2=80=A8two?=',
    `Message-ID: <a${Buffer.from('\u2028').toString('latin1')}b@example.net>`,
  ])
  expect(subject).toBe('one two')
  expect(messageId).toBe('<a b@example.net>')
})
