/** Says why a delivery failed and whether it is for good, from what servers write: phrase families of many programs and languages, then RFC 3463 codes. It knows no sample. */
import type { BounceReason } from '../reading.ts'

export type SmtpCommand = 'CONNECT' | 'HELO' | 'MAIL' | 'RCPT' | 'PIPELINED' | 'DATA' | null

export const hardReasons: ReadonlySet<BounceReason> = new Set(['userunknown', 'hostunknown', 'hasmoved', 'notaccept'])

/** In this order: what is said about us or our mail outweighs the "user unknown" that polite filters add. */
const families: [BounceReason, RegExp][] = [
  ['hostunknown', /account or domain may not exist/i],
  ['network', /host not found,? try again|name service error.{0,80}try again/i],
  ['system', /procmail|could ?n[o']t create|mailer error|command died|unable to contact ldap/i],
  [
    'rejected',
    /google ?グループ|google ?groups?|groupes google|grupos de google|all recipient addresses rejected|loop alert|duplicated message-id|you(?:'re| are) not (?:a )?member|posting (?:to|privileges)/i,
  ],
  [
    'userunknown',
    /recipient address rejected: (?:access denied|user unknown|unknown user|unverified|undeliverable address)/i,
  ],
  [
    'mailboxfull',
    /(?:mail ?box|inbox|account|maildir|mail folder|user|mail drop|mail box|boîte)\S*.{0,60}(?:\b(?:is |are )?full\b|\bover ?quota|exceed|out of (?:space|storage)|no (?:more )?(?:space|room)|allowed size|pleine)|over ?quota|overquota|quota.{0,20}(?:exceed|violation|full|reached)|exceed\w* (?:\S+ ){0,4}(?:quota|storage|mailbox)|disk (?:quota|space|full|usage)|(?:out of|not enough|insufficient|no|lack of|exceeded) (?:disk |storage |mailbox |mail )?(?:space|storage|quota)|mailbox ?(?:size|limit|quota|full|over)|storage (?:limit|space|quota|allocation)|too (?:many|much) (?:messages?|mail data) (?:in|on|for|present)|quotaexceeded|maildir.{0,20}(?:over|full)|delivery failed.{0,10}over quota|was full|been exceeded.{0,20}mailbox|容量(?:を|が)?(?:超|オーバー|不足)|いっぱい|一杯|満杯|邮箱(?:空间)?(?:已)?满|speicherplatz|postfach.{0,20}voll|casilla.{0,20}llena|buz[oó]n.{0,20}lleno|cota.{0,20}exced|переполнен/iu,
  ],
  [
    'mesgtoobig',
    /(?:message|mail|header|attachment|body|file|e-?mail)\w* (?:\S+ ){0,4}(?:too (?:big|large|long)|exceeds? (?:\S+ ){0,5}(?:maximum|limit|size|length)|size (?:\S+ ){0,3}(?:exceed|limit|too))|size (?:\S+ ){0,3}exceed|size limit|too (?:large|big) (?:for|to)|max(?:imum)? (?:message |mail |allowed )?size|recipsizelimit|message length|size of (?:this )?message/i,
  ],
  [
    'authentication',
    /dmarc|\bspf\b|dkim|domain ?keys?|un-?authenticated (?:e-?mail|sender|mail|message)|authentication (?:information|failed|required|checks?|results|requirements)|not authenticated|sender ?id (?:check|fail)|purported responsible address|arc-seal|fails? to pass|must (?:be )?authenticate/i,
  ],
  ['virus', /virus|malware|infected|trojan|mcspamsignature|worm\b|malicious/i],
  [
    'network',
    /reverse dns|\bptr\b|rdns|reverse (?:lookup|hostname|mapping)|cannot (?:find|resolve) your|ip name lookup|mismatche?s? client ip|client (?:ip|host) (?:address )?(?:does not|has no)|(?:valid|bad|no|without|missing) (?:\S+ ){0,3}(?:dns|host ?name|helo)/i,
  ],
  [
    'ratelimited',
    /rate[- ]?limit|too many (?:connections?|recipients?|messages?|concurrent|sessions?|e-?mails?|errors?|invalid|failures|unknown|hits)|(?:connection|message|sending) (?:frequency|rate|limit)|frequency limited|throttl|sent to too many|exceeded (?:the )?(?:\S+ ){0,3}(?:rate|limit|recipients)|maximum (?:number )?of (?:\S+ ){0,2}connections|unexpected volume|unusual (?:rate|volume)|mail volume|excessive|slow down|sending (?:too|limit)|try again later, connect|concurren/i,
  ],
  [
    'blocked',
    /block ?list|black ?list|\brbl\b|dnsbl|\bdns ?bl|spamhaus|spamcop|abuseat|barracuda|sorbs|trendmicro|proofpoint|senderbase|senderscore|(?:poor|bad|low|very low|ip) reputation|reputation|banned|blocked (?:using|by|for|due|because)|has been blocked|is blocked|(?:been|be) blocked|blocked ip|(?<!not )listed (?:in|at|on|by)|block list|(?:connections?|mail|messages?) (?:\S+ ){0,2}not accepted from|messages from .{0,60}(?:weren't|were not|temporarily)|client host rejected|(?:your|this|sending|source|client|sender's) (?:ip|host|server|network|address|domain|email).{0,40}(?:reject|refus|denied|block|not allowed|banned|listed)|(?:use|using) the smtp server of your isp|refused to talk|not accepting (?:connections|mail from)|closing transmission|service refused|(?:access|connection) (?:denied|refused|rejected|dropped).{0,20}(?:ip|host|policy|\[)|dynamic (?:ip|address)|open (?:relay|proxy)|my name was rejected|invalid (?:domain name|helo|ehlo)|helo (?:command )?rejected|\(bl\)|gr[ae]y ?list|bloquee/i,
  ],
  [
    'spam',
    /\bspam|unsolicited|\bube\b|\buce\b|junk|phish|bulk (?:mail|e-?mail)|bayes|surbl|uribl|message (?:looks|appears).{0,20}like|suspicious|cloudmark|postini|(?:un)?wanted messages/i,
  ],
  [
    'relaying',
    /relay(?:ing)? (?:access |is |of mail )?(?:denied|not|prohibited|disallowed|rejected|forbidden|refused|operation rejected)|\b(?:not|unable|unauthori[sz]ed|cannot) (?:\S+ ){0,4}(?:to )?relay|we do(?:n't| not) relay|no relaying|unable to relay|cannot relay|relaying (?:mail|to)|not a gateway|rcpthosts|authentication is required for relay/i,
  ],
  [
    'rejected',
    /sender (?:address |domain |e-?mail )?(?:was |is |has been )?(?:reject|denied|invalid|refus|not (?:allowed|exist)|verif|unknown|unauthor|block|nondeliverable|not found)|(?:unroutable|invalid|bad|unknown|unresolvable|unverifiable) sender|domain of sender|sender was rejected|(?:reject|refus|block)\w* (?:\S+ ){0,2}(?:by )?sender|address of sender|mail from .{0,60}(?:reject|denied|not allowed|refused|domain)|from address|not (?:a )?(?:registered|member|subscri|allowed to post|authorized to (?:send|post))|(?:only|non-?) ?members?|all recipient addresses rejected|permission.{0,20}(?:post|send)|ip address .{0,40}not allowed to send|access denied\S* (?:to|for) (?:\S+ )?sender|your access to submit|moderator|not allowed to send|restricted to|don't have permission|this group|groups?\.google/i,
  ],
  [
    'policy',
    /polic(?:y|ies)|not permitted|prohibited|(?<!name )not allowed|protocol violation|security (?:reasons|policy|violation)|potential(?:ly)? (?:security|executable|danger)|potential security|attachment.{0,30}(?:reject|not|block|type)|content (?:reject|not|block|polic)|header error|message (?:has been )?(?:rejected|refused)|you(?:r)? (?:\S+ ){0,3}(?:has|have) been (?:reject|refus)/i,
  ],
  [
    'content',
    /not (?:rfc|compliant)|rfc ?\d{3,4}|multiple (?:addresses|subject|from)|duplicate header|headers? too|media error|invalid (?:header|mime|content|message)|(?:bad|illegal|malformed|missing) (?:header|mime|content|date|message|from)|8-?bit|content (?:error|conversion)|message format|too many (?:headers|hops? in)|loop alert/i,
  ],
  [
    'hasmoved',
    /(?:has|have|is|was|mailbox|user|account|recipient|address) (?:\S+ ){0,2}(?:moved|relocated)|no longer (?:on|at|with|valid|accept|work|avail|in use|exist|employed|an? |here|active|in service|being used|monitored)|has (?:left|changed|been replaced)|address (?:has )?changed|new (?:e-?mail )?address|forwarding address|destination mailbox has moved|user not local/i,
  ],
  [
    'suspended',
    /(?:account|mailbox|user|recipient|address|e-?mail|domain|boite|compte)\S*.{0,60}(?:disabled|suspended|inactive|locked|discontinued|deactivat|not active|blocked|terminated|closed|frozen|cancell?ed|unavailable for|not (?:been )?activated|bloque|temporarily (?:un|dis|lock))|(?:disabled|suspended|inactive|deactivated|locked) (?:account|mailbox|user|recipient|e-?mail)|account (?:has )?expired|停止|冻结|凍結|désactiv|deshabilitad|deaktiviert|gesperrt/i,
  ],
  [
    'userunknown',
    /(?:user|recipient|mailbox|account|address|addressee|alias|destinataire|e-?mail(?: address)?|local part|userid|subscriber|customer|name|person|local-part|inbox)\S*(?: \S+){0,4}? (?:is |was |are |has |does |do |seems |could |has been |been )?(?:\bunknown|not (?:found|exist|known|listed|recognized|be found|valid|here|in |a (?:valid|known)|present|a local|on this|have|available|defined|registered|a mailbox|handled)|n[o']t exist|n[o']t have an? \S+ account|unrecognized|non-?exist|invalid|undefined|undeliverable|ambiguous|bad|unavailable|does ?n[o']t|cannot be found|no such)|(?:unknown|no such|invalid|bad|unrecognized|non-?existent|nonexistent|not a (?:valid|known|local)|incorrect|undefined|illegal|unknown or illegal|no valid|wrong) (?:or \S+ )?(?:local[- ]?(?:user|part|mailbox|recipient)|virtual |destination |final delivery |e-?mail |rcpt |mail ?drop )?(?:users?|recipients?|mailbox|account|address(?:ee)?|alias|person|userid|name|rcpt|e-?mail|here|client|subscriber|mail ?box|inbox|local part|destinataire)|user.{0,3}unknown|unknown.{0,3}user|recipient ?(?:not ?found|unknown|does)|no mailbox|mailbox (?:name )?(?:unavailable|not|does|unknown|invalid)|does ?n[o']t (?:exist|have)|do(?:es)? not (?:exist|have (?:an?|that|this|such) )|recipientnotfound|no user|not our customer|no account|there is no (?:one|user|account|such)|not listed in|is not a (?:valid|known|local|user|mailbox|member of this domain)|account (?:does not|that you tried to reach does)|can'?t verify recipient|could ?n[o']t (?:be )?(?:find|verif|found)|(?:can'?t|cannot) (?:find|locate)|not (?:a )?recogni[sz]ed|addresse? (?:destinataire )?(?:inconnue?|invalide)|invalide|unroutable mailbox|no valid recipients|nosuchuser|該当|存在し(?:ない|ません)|リストにありません|見つかり|宛先が|宛先不明|不存在|не (?:существует|найден)|no existe|inexistente|não existe|n'existe pas|inconnu|unbekannt|existiert nicht|bestaat niet|onbekend|non esiste|sconosciuto/i,
  ],
  [
    'notaccept',
    /no smtp service|null ?mx|does ?n[o']t accept (?:e-?)?mail|(?:mx|srv) record indicated|not accept (?:any )?mail|couldn'?t find a mail exchanger|could ?n[o']t (?:find|resolve) (?:an? )?mail exchanger|no mail (?:server|exchanger|host)|no mx (?:found|record|host)|domain not accept/i,
  ],
  [
    'hostunknown',
    /host (?:or domain )?(?:name )?(?:is )?(?:unknown|not found(?!,? try)|lookup (?:did not|failed perm))|unknown (?:host|domain)|no such (?:host|domain)|(?:domain|host ?name)\S* (?:\S+ ){0,3}(?:does ?n[o']t exist|not (?:found|exist|reachable|resolve|valid|registered|known)|invalid|unknown|may not exist|non-?exist)|(?:invalid|bad|illegal|non-?existent) (?:domain|host)|could ?n[o']t find any host|unrouteable (?:address|mail domain)|unroutable (?:address|domain|mail)|bad destination (?:system|host)|non-?existent (?:host|domain)|all relevant mx records|host address lookups? failed|no (?:mx|a) record|nxdomain|unable to (?:resolve|find) (?:\S+ ){0,2}(?:host|domain|mx)|dns (?:loop|error: .{0,40}(?:not|nx|unknown))|name or service not known|address family not supported|domain.{0,20}mentioned|recipient'?s? domain|rejecting domains|server for .{0,80} not found|domain name not found|unknown address error.*host/i,
  ],
  [
    'expired',
    /expired|timed? ?out|time-?out|too long in|in the queue too long|been in (?:the )?queue|not (?:been )?delivered within|could not be delivered (?:for|within|after|in)|retr(?:y|ied|ies)|will (?:be )?retr|still (?:trying|be)|giv(?:e|en|ing) up|(?:delivery|message) (?:\S+ ){0,2}(?:delay|attempts)|delayed|failed \d+ attempts|not respond|did not (?:accept our requests|respond)|socket error|resources temporarily|connection (?:timed|was lost|lost|dropped|reset|refused|closed)|unable to (?:connect|contact|reach|establish)|could ?n[o']t (?:connect|establish|contact)|(?:not|un)reachable|no route|unavailable.{0,20}try|please try again/i,
  ],
  [
    'network',
    /network (?:error|unreachable|is)|name service error|host not found, try again|temporary (?:lookup|dns|name)|routing loop|hop count|too many hops|mail ?loop|loop(?:s|ing)? (?:back|detected)|smtp connection|tls (?:required|handshake|negotiation)|starttls/i,
  ],
  [
    'system',
    /system (?:error|problem|resources|failure|not)|internal (?:server )?error|local (?:error|configuration|problem)|configuration error|(?:server|service) (?:error|is )?(?:currently )?(?:un(?:available|able)|not available|busy|down)|insufficient system|i\/o error|can'?t (?:create|open|write)|unable to (?:open|write|create|contact ldap)|ldap|could not load|out of memory|deferr|command (?:died|failed|not found)|procmail|pipe|mailer error|exited|exit status|unknown mailer|temporary failure|(?:error|problem) (?:occurr|transferr)|syntax error|sequence of commands|command not|transaction failed/i,
  ],
]

const byStatus: [RegExp, BounceReason][] = [
  [/^5\.1\.(?:0|1|3|10|35\d)$/, 'userunknown'],
  [/^5\.1\.2$/, 'hostunknown'],
  [/^5\.1\.6$/, 'hasmoved'],
  [/^[45]\.1\.[789]$/, 'rejected'],
  [/^[45]\.2\.2$/, 'mailboxfull'],
  [/^[45]\.2\.3$|^[45]\.3\.4$/, 'mesgtoobig'],
  [/^5\.2\.\d+$/, 'filtered'],
  [/^5\.4\.4$/, 'hostunknown'],
  [/^[45]\.4\.7$/, 'expired'],
  [/^4\.4\.\d+$/, 'expired'],
  [/^5\.4\.\d+$/, 'network'],
  [/^[45]\.3\.\d+$/, 'system'],
  [/^[45]\.6\.\d+$/, 'content'],
  [/^[45]\.7\.\d+$/, 'policy'],
  [/^2\./, 'delivered'],
]

/** Links carry words of their own ("/error-codes"), and addresses of people ("spam-lover@…"). */
function wordsOf(text: string): string {
  return text
    .slice(0, 6000)
    .replace(/https?:\/\/\S+/gi, ' ')
    .replace(/<?[^\s<>"'();,]{1,100}@[^\s<>"'();,]{1,150}>?/g, '<addr>')
    .replace(/^[ \t]*\d{3}[- ](?=[45]\.\d+\.\d+)/gm, ' ')
    .replace(/\s+/g, ' ')
}

/** The family of a text, or null when no phrase is known. */
export function reasonOf(text: string): BounceReason | null {
  const words = wordsOf(text)
  for (const [reason, pattern] of families) if (pattern.test(words)) return reason
  return null
}

export function reasonOfStatus(status: string): BounceReason | null {
  for (const [pattern, reason] of byStatus) if (pattern.test(status)) return reason
  return null
}

/** `machine`: from a status report; otherwise from a notice for people. */
export type Finding = {
  machine: boolean
  diagnostic: string
  context: string
  status: string
  replyCode: string
  command: SmtpCommand
  action: string
}

/** What the server said, else the words around it, else the code; then what the moment of refusal tells. */
export function decide(it: Finding): BounceReason {
  if (/^(?:delivered|relayed|expanded)$/i.test(it.action)) return 'delivered'
  const said = reasonOf(it.diagnostic)
  const reason = said ?? (it.context ? reasonOf(it.context) : null) ?? reasonOfStatus(it.status)
  if (/^delayed$/i.test(it.action) && reason !== 'notaccept')
    return reason && !hardReasons.has(reason) ? reason : 'expired'
  if (reason === null) return it.replyCode.startsWith('4') || it.status.startsWith('4') ? 'expired' : 'undefined'
  if (reason === 'suspended' && it.status === '5.1.1' && /inactive/i.test(it.diagnostic)) return 'userunknown'
  // "Recipient address rejected: Access denied" is how some hide that they don't know somebody.
  if (reason === 'userunknown') return unknownUserOr(it)
  if (reason === 'hostunknown' && it.command === 'MAIL') return 'rejected'
  return reason
}

/** "User unknown" counts where recipients are named. After the message itself it is a filter speaking, before it is about the sender. */
function unknownUserOr(it: Finding): BounceReason {
  if (it.command === 'MAIL' || it.command === 'HELO' || it.command === 'CONNECT') return 'rejected'
  if (it.command === 'DATA' && it.status !== '5.1.1') return 'filtered'
  if (it.command === 'PIPELINED' && /^5\.2\./.test(it.status)) return 'filtered'
  // An answer quoted without saying to what: if the name were plainly unknown, its code would say so.
  if (it.command === null && !it.machine && it.replyCode !== '' && !/^[45]\.1\./.test(it.status)) return 'filtered'
  if (!it.machine && /doesn't have an? \S+ account/i.test(it.diagnostic) && it.replyCode === '') return 'filtered'
  if (it.command === null && (it.machine ? /^5\.2\.0$/ : /^5\.2\.[01]$/).test(it.status)) return 'filtered'
  if (it.command === null && /^5\.7\.\d+$/.test(it.status) && !/invalid recipient/i.test(it.diagnostic))
    return 'filtered'
  return 'userunknown'
}

const commands: [RegExp, SmtpCommand][] = [
  [
    /in reply to (?:the )?end of data|after end of data|end of data|failed after i sent the message|did not like our (?:final )?data|\[data\]|smtp:data|in reply to data|after data|\(state 1[578]\)|smtp command\s+data|while (?:sending|transmitting) (?:message )?data/i,
    'DATA',
  ],
  [
    /in reply to (?:the )?rcpt|after (?:pipelined )?rcpt|does not like recipient|did not like our rcpt|\[rcpt_to\]|smtp:rcpt|\(state 14\)|smtp command\s+rcpt|rcpt to command|rcpt command|has rejected address/i,
    'RCPT',
  ],
  [
    /in reply to (?:the )?mail from|after (?:pipelined )?mail from|sender was rejected|did not like our mail|\[mail_from\]|smtp:mail|smtp command\s+mail|\(state 13\).{0,3}sender/i,
    'MAIL',
  ],
  [
    /in reply to (?:the )?(?:helo|ehlo)|after (?:helo|ehlo)|my name was rejected|did not like our (?:helo|ehlo)/i,
    'HELO',
  ],
  [
    /refused to talk to me|after initial connection|while (?:connecting|performing the initial)|\(state [67]\)/i,
    'CONNECT',
  ],
]

export function commandOf(text: string): SmtpCommand {
  const transcript = lastCommandRefused(text)
  if (transcript) return transcript
  const short = text.slice(0, 8000)
  for (const [pattern, command] of commands) if (pattern.test(short)) return command
  return null
}

/** In a transcript: the command above the first refusal. */
export function lastCommandRefused(text: string): SmtpCommand {
  let last: SmtpCommand = null
  if (
    /^[>\s]*>>> DATA/m.test(text.slice(0, 20000)) &&
    /<<< 5\d\d .{0,40}(?:no valid recipients|need rcpt|valid rcpt|no recipients?|rcpt)/i.test(text.slice(0, 20000))
  )
    return 'PIPELINED'
  for (const line of text.slice(0, 20000).split('\n')) {
    const said = /^[>\s]*(?:>>>|In:|-->|C:)\s*(mail|rcpt|data|helo|ehlo|\.)/i.exec(line)
    if (said) {
      const word = said[1]!.toUpperCase()
      last = word === 'MAIL' ? 'MAIL' : word === 'RCPT' ? 'RCPT' : word === 'HELO' || word === 'EHLO' ? 'HELO' : 'DATA'
    } else if (last && /^[>\s]*(?:<<<|Out:|<--|S:)\s*[45]\d\d/i.test(line)) return last
  }
  return null
}

export function statusOf(text: string): string {
  // Not an IP address, not a version.
  const found = text.slice(0, 8000).match(/(?<![\d.])[245]\.\d{1,3}\.\d{1,3}(?![\d.]*\.\d|\d)/g) ?? []
  return found.find(code => !/^\d\.0\.0$/.test(code)) ?? found[0] ?? ''
}

export function replyCodeOf(text: string): string {
  const match = /(?:^|[\s:;(<>"'=[])([45]\d\d)(?=[\s\-:;,.)]|$)(?![.]\d)/.exec(text.slice(0, 8000))
  return match ? match[1]! : ''
}
