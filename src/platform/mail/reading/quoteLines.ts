/** Recognises, line by line and in many languages, how mail programs announce quoted history. It decides about lines alone, `trim` about the whole. */

/** text, blank, quote, attribution ("On … wrote:"), header of an earlier mail, divider before one, rule of dashes, signature opening, mobile signature. */
export type LineKind =
  | 'text'
  | 'blank'
  | 'quote'
  | 'attribution'
  | 'header'
  | 'divider'
  | 'rule'
  | 'signature'
  | 'mobile'

const verbs =
  'wrote|writes|a écrit|écrit|schrieb|schreibt|geschrieben|escribió|escribio|escreveu|ha scritto|scritto|scrisse|schreef|geschreven|skrev|napisał\\(a\\)|napisał|napisała|pisze|написала?|написал\\(а\\)|пишет|писала?|kirjoitti|napsala?|napísala?|írta|yazdı|a scris|va escriure|έγραψε|кажа|пише|написа|đã viết|写道|寫道|写到|於.{0,60}寫道|さんは書きました|書きました|のメール|님이 작성|작성|كتب|كتبت|كتابة|כתב|כתבה|\\+?schrieb'
const starters =
  'on|pe|pada|am|le|el|il|em|no dia|op|den|dne|dňa|dnia|w dniu|w|la|à|a|в|on the|at|i|lé|på|tirsdag|data|fecha|vào|в\\s|في|ב|בתאריך|στις|ngày|kl'
const weekdays =
  'mon|tue|wed|thu|fri|sat|sun|mo|di|mi|do|fr|sa|so|lun|mar|mer|jeu|ven|sam|dim|mié|mie|jue|vie|sáb|sab|dom|seg|ter|qua|qui|sex|gio|ma|wo|vr|za|zo|mån|tis|ons|tors|fre|lör|sön|man|tir|tor|lør|søn|pon|wt|śr|czw|pt|sob|niedz|пн|вт|ср|чт|пт|сб|вс|po|út|st|čt|pá|ne'

const starter = new RegExp(`^\\s*(?:-+\\s*)?(?:${starters})(?![\\p{L}])`, 'iu')
const dateFirst = new RegExp(
  `^\\s*(?:-+\\s*)?(?:(?:${weekdays})\\p{L}{0,9}[.,]{0,2}\\s+)?(?:\\d{4}[-/.年]\\s?\\d{1,2}|\\d{1,2}[-/. ]+(?:\\d{1,2}|\\p{L}{3,10})[-/.,]*\\s*(?:\\d{2,4}|\\d{1,2}:)|\\p{L}{3,10}\\.?\\s+\\d{1,2},?\\s+\\d{4})`,
  'iu',
)
const verb = new RegExp(`(?:${verbs})`, 'iu')
const endsWithVerb = new RegExp(`(?:${verbs})[\\s\\p{L}().]{0,40}[:：]?\\s*-*\\s*$`, 'iu')
const mailAddress = /(?:<|&lt;|\[|\(|mailto:|["'\s])[^\s<>@]{1,100}@[^\s<>@]{1,150}(?:>|&gt;|\]|\)|["'\s:,]|$)/
const clock = /(?<!\d)\d{1,2}\s?[:.hH時点]\s?\d{2}(?!\d)/
const year = /(?<!\d)(?:19|20)\d\d(?!\d)/
const oldGmail = /^\s*\d{4}-\d\d-\d\d \d{1,2}:\d\d GMT[+-]\d\d:\d\d \S/
const nameThenAddress = /^\s*["']?\S+(?:\s+\S+){0,3}\s*["']?\s*(?:<|&lt;|\()[^\s<>]+@[^\s<>]+(?:>|&gt;|\))/

/** "Ada Lovelace wrote:" and Horde's "Quoting …:". Who says "he wrote:" tells a story. */
const named =
  /^(?:(?:\p{Lu}[\p{L}.'-]*\s+){1,3}(?:wrote|schrieb|a écrit|escribió|escreveu|ha scritto|schreef|skrev|napisał|kirjoitti)\s?|(?:Quoting|Zitat von|Citando|Citerar|Citat fra|Quoting message from)\s.{1,80}):$/u
const storyteller =
  /^(?:he|she|they|we|you|i|it|somebody|someone|who|er|sie|wir|ihr|il|elle|ils|nous|vous|él|ella|the|this|that|der|die|das|le|la|el|your|my|our|ihre?|mein|unser)\s/i
/** Words that programs don't put into an attribution, people do. */
const told = /\s(?:we|he|she|they|and|met|called|me|mir|uns|us|my|your|our|ihre?|mein|unser|your)\s/i

const longestAttribution = 500

/** 'strong': only a mail program writes this. 'weak': believed when quoted lines follow. */
export function attributionOf(text: string): 'strong' | 'weak' | null {
  if (text.length > longestAttribution || text.length < 8) return null
  // Marks of writing direction stand between the words of some.
  const line = text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '').trim()
  if (named.test(line) && !storyteller.test(line)) return 'weak'
  const hasDigit = /\d/.test(line)
  const hasAddress = line.includes('@') && mailAddress.test(line)
  if (!hasDigit && !hasAddress) return null
  if (oldGmail.test(line)) return 'strong'
  const colon = /[:：]\s*-*\s*$/.test(line)
  const said = verb.test(line)
  const strong = told.test(line)
    ? 'weak'
    : clock.test(line) && (year.test(line) || hasAddress)
      ? 'strong'
      : year.test(line) && hasAddress
        ? 'strong'
        : 'weak'
  const dated = dateFirst.test(line)
  if (said && (colon || endsWithVerb.test(line))) {
    if (dated) return strong
    if (starter.test(line) && hasDigit) return strong
    if (hasAddress && nameThenAddress.test(line)) return clock.test(line) && year.test(line) ? 'strong' : 'weak'
    if (hasDigit && year.test(line) && clock.test(line) && colon) return 'weak'
  }
  if (dated && hasAddress && /(?:>|&gt;|\))\s*[:：]?\s*$/.test(line)) return strong
  if (dated && hasAddress && colon) return strong
  if (hasAddress && colon && year.test(line) && clock.test(line)) return 'weak'
  return null
}

/** Whether an attribution may begin on this line and run on over the next ones. */
export function mayBeginAttribution(line: string): boolean {
  if (line.length > 300) return false
  return (
    (/\d/.test(line) && (starter.test(line) || dateFirst.test(line))) ||
    (line.includes('@') && nameThenAddress.test(line))
  )
}

const dividers = new RegExp(
  `^[\\s>]*[-_=*—–]{2,}\\s*(?:${[
    'original (?:message|appointment|mail)',
    'forwarded (?:message|by .{1,80})',
    'begin forwarded message',
    'reply (?:message|above this line.{0,20})',
    'urspr(?:ü|ue)ngliche (?:nachricht|mail)',
    'originalnachricht',
    'weitergeleitete nachricht',
    "message d['’]origine",
    'message original',
    'message (?:transféré|transmis|réexpédié)',
    'mensaje original',
    'mensaje reenviado',
    'messaggio originale',
    'messaggio inoltrato',
    'mensagem original',
    'mensagem encaminhada',
    'oorspronkelijk bericht',
    'doorgestuurd bericht',
    'ursprungligt meddelande',
    'vidarebefordrat meddelande',
    'oprindelig meddelelse',
    'opprinnelig melding',
    'videresendt (?:besked|melding)',
    'oryginalna wiadomość',
    'wiadomość oryginalna',
    'wiadomość przekazana',
    'treść przekazanej wiadomości',
    'исходное сообщение',
    'пересылаемое сообщение',
    'пересланное сообщение',
    'alkuperäinen viesti',
    'původní (?:zpráva|e-mail)',
    'eredeti üzenet',
    'orijinal (?:mesaj|ileti)',
    'mesaj original',
    '元のメッセージ',
    'original message',
    '転送(?:された)?メッセージ',
    '原始邮件',
    '邮件原件',
    '原始郵件',
    '转发邮件信息',
    '원본 메시지',
    'الرسالة الأصلية',
    'missatge original',
  ].join('|')})\\s*:?\\s*[-_=*—–]*\\s*$`,
  'iu',
)
const forwardedPhrases =
  /^[\s>]*(?:begin forwarded message|anfang der weitergeleiteten (?:nachricht|e-mail)|début du message (?:réexpédié|transféré)|inicio del mensaje reenviado|inizio messaggio inoltrato|início da mensagem (?:reencaminhada|encaminhada)|begin doorgestuurd bericht|vidarebefordrat (?:brev|mejl)|videresendt (?:besked|melding)|początek przekazywanej wiadomości|начало переадресованного сообщения|пересылаемое сообщение|転送されたメッセージ|以下は転送されたメッセージです)\s*[:：]\s*$/iu
const replyAbove =
  /^\W{0,10}(?:please )?(?:type your )?reply above this line|^\W{2,10}bitte antworten sie oberhalb dieser (?:linie|zeile)/i

const headerNames: Record<string, string> = {}
for (const [kind, names] of [
  [
    'from',
    'from|von|de|da|van|från|fra|od|от|от кого|差出人|发件人|寄件者|보낸 사람|من|kimden|feladó|lähettäjä|expéditeur|remitente|mittente|afzender|avsändare|absender|from|de la|ОТ',
  ],
  [
    'to',
    'to|an|à|para|a|aan|till|til|do|кому|宛先|收件人|받는 사람|إلى|kime|címzett|vastaanottaja|destinataire|komu|către|per a',
  ],
  [
    'copy',
    'cc|bcc|kopie|copie à|copie|copia|kopia|kopi|dw|do wiadomości|копия|抄送|参照|참조|kopio|másolatot kap|bilgi',
  ],
  [
    'when',
    'sent|date|gesendet|datum|envoyé|envoyé le|enviado|enviado el|enviada em|fecha|inviato|data|verzonden|skickat|sendt|dato|wysłano|wysłane|отправлено|дата|送信日時|日付|日時|发送时间|发送日期|日期|보낸 날짜|날짜|تاريخ|التاريخ|تاريخ الإرسال|tarih|gönderme tarihi|elküldve|dátum|lähetetty|päivämäärä|odesláno|trimis|data trimiterii|sent on|time',
  ],
  [
    'subject',
    'subject|betreff|objet|asunto|assunto|oggetto|onderwerp|ämne|emne|temat|тема|件名|主题|主旨|主題|제목|الموضوع|konu|tárgy|aihe|předmět|subiect|predmet',
  ],
  [
    'other',
    'reply-to|antwort an|répondre à|responder a|rispondi a|risposta|antwoord aan|importance|priority|wichtigkeit|attachments|anlagen|pièces jointes|organization|message-id|list-id|mailed-by|signed-by|security',
  ],
] as const)
  for (const name of names.split('|')) headerNames[name.toLowerCase()] = kind

/** from, to, copy, when, subject or other, when the line looks like a header of an earlier mail. */
export function headerOf(line: string): string | null {
  if (line.length > 1000 || (!line.includes(':') && !line.includes('：'))) return null
  const match =
    /^[\s>]*[*_]{0,2}([^\s:：*_][^:：*_]{0,25}?)\s?[*_]{0,2}\s?[:：]\s?[*_]{0,2}(?:\s|$|["'<\p{L}\d[])/u.exec(line)
  return match ? (headerNames[match[1]!.trim().toLowerCase()] ?? null) : null
}

const devices =
  'iphone|ipad|ipod|apple watch|android|samsung|galaxy|huawei|xiaomi|redmi|nokia|htc|motorola|oneplus|pixel|blackberry|bb10|windows phone|windows 1[01]|windows mail|mail for windows|mail f(?:ü|u)r windows|outlook|yahoo|aol|gmail|gmx|web\\.de|k-9|proton ?mail|proton|thunderbird|mobile|mobil|smartphone|handy|phone|tablet|telefon|téléphone|tel[eé]fono|telefoon|telefone|móvil|mobiltelefon|mobiele|celular|mailbird|airmail|spark|mail\\.ru|yandex|myMail|bluemail|fairemail|newton|superhuman|typeapp|nine|aqua mail|t-mobile|verizon|at&t|sony|xperia|lg|ipod touch|mac|handheld|wireless'
const sentFrom =
  'sent (?:from|via|with|using|on the go)|get (?:outlook|yahoo)|gesendet (?:von|mit|über)|von (?:meinem|meiner|unterwegs)|diese nachricht wurde von|envoyé (?:de|depuis|à partir de)|télécharge[rz]|enviado (?:desde|do|de|a partir)|enviada do|inviato da|scarica outlook|verstuurd vanaf|verzonden (?:vanaf|met)|skickat från|hämta outlook|sendt fra|hent outlook|wysłane? z|wysłano z|отправлено (?:с|из)|lähetetty|odesláno z|poslano|elküldve|gönderildi|发自|從我的|从我的|傳送自|나의 .{1,20}에서 보냄|أُ?رسلت? من|trimis de pe|holen sie sich outlook|obtenir outlook|obtener outlook|outlook für|yahoo mail'
const mobileSignature = new RegExp(
  `^[\\s>(\\[*_~-]{0,4}(?:${sentFrom})(?=.{0,90}(?:${devices})|.{0,12}(?:iphone|ipad))|^[\\s>]{0,4}(?:iphone|ipad|android|スマートフォン|携帯).{0,12}から送信`,
  'iu',
)

export function isMobileSignature(line: string): boolean {
  return (
    line.length <= 200 &&
    mobileSignature.test(line) &&
    line.replace(/<[^>]*>|\(https?:[^)]*\)|\[[^\]]*\]/g, '').trim().length <= 110 &&
    !/[?]/.test(line.replace(/<[^>]*>/g, ''))
  )
}

export function isDivider(line: string): boolean {
  if (line.length > 200) return false
  // Cheap looks first: nearly no line is one.
  if (/[-_=*—–]{2}/.test(line) && dividers.test(line)) return true
  if (/[:：]\s*$/.test(line) && forwardedPhrases.test(line)) return true
  return replyAbove.test(line)
}

/** A line of strokes alone, or of the mark Gmail leaves for its trackers. */
export function isRule(line: string): boolean {
  return line.length <= 200 && /^\s*(?:[-_=+~#*—–.]{2,}|[—–ᐧ_*~])\s*$/u.test(line)
}

/** RFC 3676 §4.3, also without the blank that many programs strip. */
export function isSignatureOpening(line: string): boolean {
  return /^(?:--|—) ?\s?$/.test(line)
}
