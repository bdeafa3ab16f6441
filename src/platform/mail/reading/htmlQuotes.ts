/** Recognises by their marks the places where mail programs put quoted history, attributions and signatures into HTML. It never judges by wording. */

/** cite: an earlier mail. after: it, and everything behind it, is earlier mail. attribution: "On … wrote:". signature: appended by the program. */
export type QuoteMark = 'cite' | 'after' | 'attribution' | 'signature'

/** Outlook and others prefix ids and classes of what they quote ("x_divRplyFwdMsg", "yiv123gmail_quote"): those are quoted twice. */
const idMarks: [RegExp, QuoteMark][] = [
  [/^(?:divRplyFwdMsg|appendonsend|stopSpelling|reply-intro|lineBreakAtBeginningOfMessage-after)$/i, 'after'],
  [
    /^(?:OLK_SRC_BODY_SECTION|mail-editor-reference-message-container|yahoo_quoted_\d*|isReplyContent|isForwardContent|oriMsgHtmlSeperator|ms-outlook-mobile-body-separator-line-after|ReplyWithSeparator)$/i,
    'cite',
  ],
  [/^(?:ms-outlook-mobile-signature|AppleMailSignature|Signature_mobile)$/i, 'signature'],
]

const classMarks: [RegExp, QuoteMark][] = [
  [/(?:^|\s)(?:gmail_attr|moz-cite-prefix|moz-email-headers-table|attribution|quoteheader)(?:\s|$)/i, 'attribution'],
  [/(?:^|\s)(?:OutlookMessageHeader|ms-outlook-mobile-reference-message)(?:\s|$)/i, 'after'],
  [
    /(?:^|\s)(?:yahoo_quoted|zmail_extra|protonmail_quote|tutanota_quote|front-blockquote|moz-forward-container|zimbra_quote|gmx_quote|mailbird_quote|airmail_on|sh-quoted-content|skiff_quote|hey_quote|trix-quote)(?:\s|$)/i,
    'cite',
  ],
  [/(?:^|\s)(?:gmail_signature|moz-signature|protonmail_signature_block|mobile-signature)(?:\s|$)/i, 'signature'],
]

export function quoteMark(tag: string, attributes: Record<string, string>): QuoteMark | null {
  const id = attributes.id
  if (id && id.length < 200) for (const [pattern, mark] of idMarks) if (pattern.test(id)) return mark
  const classes = attributes.class
  if (classes && classes.length < 500) {
    for (const [pattern, mark] of classMarks) if (pattern.test(classes)) return mark
    if (tag === 'blockquote' && /gmail_quote/i.test(classes)) return 'cite'
  }
  if (tag === 'blockquote' && (attributes.type?.toLowerCase() === 'cite' || attributes.cite !== undefined))
    return 'cite'
  if (tag === 'div' && attributes.name === 'quote') return 'cite'
  return null
}
