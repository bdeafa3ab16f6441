/** The names, headers and phrases by which automatic mail gives itself away, of many programs and in many languages. `classify` weighs them. */

export const daemon =
  /^(?:mailer[-_.]?daemon|mail[-_.]?daemon|postmaster|post_?master|mdaemon|mail[-_]?(?:admin|delivery)|maildelivery|mailer|bounces?|daemon|system)(?:[-+_.].*)?$/i
export const robot =
  /^(?:root|cron|nobody|www|www-data|apache|listserv|majordomo|sympa|mailman|daemon|automailer|auto[-_.]?(?:reply|responder|mail)|(?:.*[-_.])?(?:no[-_.]?reply|do[-_.]?not[-_.]?reply|noreply|donotreply|ne[-_]?pas[-_]?repondre|nicht[-_]?antworten|keine[-_]?antwort)(?:[-_.+].*)?|notifications?|alerts?|newsletters?|news|bounces?|errors?|listmaster)$/i
export const listSender =
  /^(?:owner-.+|.+-(?:owner|admin|bounces?|request|errors?|list|return|unsubscribe|help)(?:[-+].*)?|(?:sentto|bounce|return)-\d.*|listserv.*|majordomo.*)$/i
export const bulkSender =
  /^(?:(?:bounces?|b|bnc|return|returns|rp|err|errors?|mail|msprvs\d?|verp)[-+_.=].*[\d=].*|.*(?:newsletter|mailing|campaign|marketing|promo|bulk).*)$/i

export const bounceSubject =
  /undeliver|returned (?:mail|to sender|e?mail)|mail (?:delivery|system error|could not be delivered)|delivery (?:status|fail|report|notification|problem|has failed|error|incomplete|delayed|of your)|failure (?:notice|delivery)|delivery.{0,20}fail|non[- ]?deliver|message (?:delivery|not delivered|undeliverable|status)|could ?n[o']t (?:be )?deliver|unzustellbar|nicht zugestellt|unable to deliver|not (?:be )?delivered|mail failure|failed (?:mail|delivery)|returned mail|warning: (?:could not|message)|bounced? (?:mail|message)|email not delivered|rejected (?:mail|posting)|user unknown|non remis|non délivr|échec de (?:la )?(?:remise|distribution)|no (?:se pudo )?entrega|não entregue|mancato recapito|onbestelbaar|не доставлено|недоставленн|配信(?:不能|失敗|エラー)|宛先不明|エラー|退信|無法(?:傳遞|送達)|無法投遞|投递失败|發送失敗|メールが送信できません|delivery subsystem|problem delivering|mdaemon (?:warning|notification)|permanent (?:delivery )?(?:error|failure)|abuse report|complaint about message/i

export const autoReplySubject =
  /^\s*(?:(?:re|aw|sv|antw|r|odp|ynt|回复|答复)\s?:\s*)?(?:\[?auto(?:matic|matische|mated)?[- ]?(?:re(?:ply|sponse)|antwort|svar|odpowied)|auto(?:matisch)? ?antwoord|autoreply|auto:|autorespon[ds]e|automatic(?:ally generated)? (?:reply|response)|out[- ]of[- ](?:the[- ])?office|i am (?:currently )?(?:out of (?:the )?office|on (?:vacation|holiday|leave))|away from (?:my|the) (?:mail|office|desk)|vacation (?:reply|message|notice)|abwesend|abwesenheit|automatische (?:antwort|abwesenheit|beantwoording)|ich bin (?:nicht im büro|im urlaub|abwesend)|r[ée]ponse automatique|message d'absence|absence du bureau|absent du bureau|respuesta autom[áa]tica|fuera de (?:la )?oficina|risposta automatica|fuori (?:sede|ufficio)|assente|resposta autom[áa]tica|ausência|fora do escrit|automatisch antwoord|afwezig|automatiskt svar|autosvar|automatisk svar|frånvaro|fravær|odpowiedź automatyczna|autoodpowied|nieobecno|автоответ|автоматический ответ|自動(?:返信|応答)|不在(?:通知|のお知らせ|連絡)|自动(?:回复|答复)|自動回覆|외출|부재중|자동 ?(?:회신|응답)|رد تلقائي|automaattinen vastaus|otomatik yan[ıi]t|automatick[áa] odpov|automatikus válasz)/i

/** What senders to many write below their words; a customer asking how to unsubscribe writes otherwise. */
export const footers =
  /to (?:unsubscribe|be (?:removed|taken off)|opt[- ]?out)\b|unsubscribe (?:here|below|link|from this|instructions|at any time)|click (?:here|below|on the link).{0,40}(?:unsubscribe|remove|opt)|(?:remove|take) (?:your(?:self| name| address| e-?mail)|me) from|removed? from (?:this|our|the|future|any) (?:\S+ ){0,3}(?:list|mailing|e-?mail)|no longer (?:wish|want|like) to (?:receive|get)|(?:do not|don't) (?:wish|want) to (?:receive|get)|(?:you are|you're) (?:receiving|getting) this|you (?:have )?received this (?:e-?mail|message|newsletter) because|newsletter (?:abbestellen|abmelden)|se désabonner|para darse de baja|per cancellar/i
export const manyDomain =
  /(?:^|\.)(?:newsletters?|news|bounces?|lists?|mailings?|campaigns?|promo(?:tions)?|marketing|offers|deals|list\d+)\./i

export const listHeaders = [
  'list-id',
  'list-post',
  'list-archive',
  'list-subscribe',
  'list-help',
  'list-owner',
  'mailing-list',
  'x-mailing-list',
  'x-mailinglist',
  'x-beenthere',
  'x-mailman-version',
  'x-list',
  'x-listname',
  'x-list-id',
  'x-listid',
  'x-egroups-return',
  'x-ml-name',
  'x-mlserver',
  'x-ezmlm',
  'x-sympa-to',
  'x-loop-list',
  'x-google-group-id',
  'x-listar-version',
  'x-ecartis-version',
  'x-listserver',
  'x-listmember',
  'x-list-server',
  'x-lyris-type',
  'x-topica-loop',
  'x-yahoo-profile-list',
  'x-mail-list',
  'mail-list',
  'x-distribution',
]
export const bulkHeaders = [
  'list-unsubscribe',
  'list-unsubscribe-post',
  'feedback-id',
  'x-feedback-id',
  'x-campaign',
  'x-campaignid',
  'x-campaign-id',
  'x-mailchimp-campaign-id',
  'x-mc-user',
  'x-mandrill-user',
  'x-csa-complaints',
  'x-mailer-recptid',
  'x-mailer-sid',
  'x-mailer-messageid',
  'x-unsubscribe',
  'x-unsubscribe-web',
  'x-unsubscribe-email',
  'x-subscription',
  'x-newsletter',
  'x-bulkmail',
  'x-mailing-id',
  'x-mailingid',
  'x-mailjet-campaign',
  'x-sfmc-stack',
  'x-job',
  'x-jobid',
  'x-rpcampaign',
  'x-cid',
  'x-emarsys-identify',
  'x-elasticemail-postback',
  'x-roving-id',
  'x-roving-campaignid',
  'x-stormpost-to',
  'x-promo',
  'x-ad-server',
  'x-listunsubscribe',
  'x-optin',
  'x-cheetah-mailingid',
  'x-topica-id',
  'x-mailkeys',
  'x-advertisement',
  'x-smtpapi',
  'x-hubspot-message-source',
  'x-marketo',
  'x-binding',
  'x-rext',
  'x-info',
  'x-virtual-mailing',
  'x-massmail',
  'x-mailid',
  'x-em-version',
  'x-em-registration',
  'complain-to',
  'x-cidl',
]
export const replyHeaders = [
  'x-autoreply',
  'x-autorespond',
  'x-autoresponder',
  'x-auto-reply',
  'x-autoreply-from',
  'x-auto-responder',
  'x-mail-autoreply',
  'x-vacation',
  'x-auto-response',
  'x-autogenerated',
  'x-ooo',
  'x-pp-vacation',
  'auto-reply',
  'x-fc-machinegenerated',
  'x-post-messageclass',
  'x-ms-exchange-generated-message-source',
  'x-ms-exchange-inbox-rules-loop',
]
