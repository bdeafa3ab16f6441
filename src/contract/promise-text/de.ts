/** How promises are said in German: mostly in the present, with the verb before or after "ich". */
import { oneOf, type Speech, word } from './speech.ts'

/** Stems of what is done for somebody; first person singular and plural follow by -e and -en. */
const deeds = oneOf([
  'schick|send|ruf|meld|schreib|klär|kümmer|kümmr|geb|schau|frag|verschick|versend|lass|leit|bericht|sag|prüf|sorg|bestell|stell|mail|telefonier',
  'bestätig|informier|erstatt|überweis|komm|halt|liefer|reparier|tausch|bring|hol|antwort|beantwort|bearbeit|erledig|seh|such|organisier|bereit|vereinbar|trag|änder',
  'stornier|buch|ersetz|besorg|sprech|kontaktier|teil|reich|zeig|übernehm|erkundig|hak|mach|setz|nehm|versuch|rechn|zahl|lös|beheb|veranlass|benachrichtig|geh|reservier|füg|ergänz|verläng|schick|übermittel|übermittl|verbind|warn|test|korrigier|installier|druck|übersetz|arbeit|unterschreib|kopier|lad|starte|forder|gib|storn|guck|regel|regl|ermittel|ermittl|beschaff|such|wende|verlänger|verlängr|tu',
])
const verb = `(?:${deeds})(?:e|en|n|te?t)?`
export const de: Speech = {
  commits: [
    {
      says: word(
        `(?:ich|wir) (?:werde|werden)(?! (?:(?:\\p{L}+ ){0,4}(?:sein|haben|bleiben|brauchen|benötigen|müssen|dürfen|vergessen|vermissen)(?=[.!,]|$)))`,
      ),
    },
    {
      says: word(
        `(?:werde|werden) (?:ich|wir)(?! (?:(?:\\p{L}+ ){0,4}(?:sein|haben|bleiben|brauchen|benötigen|müssen)(?=[.!,]|$)))`,
      ),
    },
    { says: word(`(?:ich|wir) ${verb}`) },
    {
      says: word(
        `(?:ich|wir) [^,;:]{2,60}? und (?:${deeds})en?(?= (?:ihnen|dir|euch|mich|uns|sie|dich|das|es|dann|noch))`,
      ),
    },
    {
      says: word(
        '(?:kommt|meldet sich|besucht sie|ruft sie|schreibt ihnen|schaut) (?:unser|unsere|mein|meine) \\p{L}+',
      ),
      timed: true,
    },
    { says: word(`${verb} (?:ich|wir)`) },
    {
      says: word(
        `(?:ich|wir) (?:verspreche|versprechen|versichere|garantiere|garantieren)|(?:verspreche|versprechen) (?:ich|wir)|versprochen`,
      ),
    },
    { says: word('(?:ich|wir) (?:kann|können)|(?:kann|können) (?:ich|wir)'), timed: true },
    {
      says: word(
        'sie (?:bekommen|erhalten|haben|hören|kriegen)\\b.*?\\b(?:von (?:mir|uns)|meine antwort|unsere antwort|bescheid)|du (?:bekommst|erhältst|hast|hörst|kriegst)\\b.*?\\b(?:von (?:mir|uns)|bescheid)',
      ),
    },
    {
      says: word(
        '(?:bekommen|erhalten|haben|hören|kriegen) sie\\b.*?\\b(?:von (?:mir|uns)|meine antwort|unsere antwort|bescheid)|(?:bekommst|erhältst|hast|hörst|kriegst) du\\b.*?\\b(?:von (?:mir|uns)|bescheid)|hören (?:sie )?(?:sie )?(?:wieder )?von (?:mir|uns)',
      ),
    },
    {
      says: word(
        '(?:unser|unsere|mein|meine) \\p{L}+(?: \\p{L}+)? (?:kommt|meldet|besucht|ruft|schreibt|bringt|liefert|repariert|installiert|schickt|holt|wird|antwortet|sieht|schaut|prüft)',
      ),
      timed: true,
    },
    {
      says: /^(?:ok(?:ay)?|ja|gut|gern|gerne|klar|geht klar|danke|alles klar)?[,.: -]*(?:melde|schicke|sende|rufe|kümmere|schaue|frage|gebe|prüfe|wird erledigt|wird gemacht|mache ich)(?!\p{L})/u,
    },
  ],
  denies: word(
    'nicht|nie|niemals|kein|keine|keinen|keiner|keinem|würde|würden|könnte|könnten|hätte|hätten|wäre|wünschte|kaum|vielleicht|ungern|davon aus|nur,? um|nur mal',
  ),
  depends: word(
    'wenn|falls|sobald|sofern|nachdem|vorausgesetzt|ich hoffe|hoffentlich|hoffe ich|ich glaube|glaube ich|ich denke|ich vermute|ich nehme an|ich gehe davon|haben sie|soll|sollen|sollte|sollten|nur um|würde|ich wünschte|sie sagten|sie wollten',
  ),
  times: {
    days: [
      [word('übermorgen'), 2],
      [word('morgen(?: früh| vormittag| mittag| nachmittag| abend)?'), 1],
      [
        word(
          'heute(?: noch| vormittag| mittag| nachmittag| abend)?|im laufe des tages|noch am selben tag|bis feierabend|bis zum feierabend',
        ),
        0,
      ],
    ],
    weekdays: [
      'montag|montags?morgen|montagvormittag|montagmittag|montagnachmittag|montagabend|mo',
      'dienstag|dienstagmorgen|dienstagvormittag|dienstagmittag|dienstagnachmittag|dienstagabend',
      'mittwoch|mittwochmorgen|mittwochvormittag|mittwochmittag|mittwochnachmittag|mittwochabend',
      'donnerstag|donnerstagmorgen|donnerstagvormittag|donnerstagmittag|donnerstagnachmittag|donnerstagabend',
      'freitag|freitagmorgen|freitagvormittag|freitagmittag|freitagnachmittag|freitagabend',
      'samstag|sonnabend|samstagmorgen|samstagvormittag|samstagmittag|samstagnachmittag|samstagabend',
      'sonntag|sonntagmorgen|sonntagvormittag|sonntagmittag|sonntagnachmittag|sonntagabend',
    ],
    months: [
      'januar|jänner|jan',
      'februar|feb',
      'märz',
      'april|apr',
      'mai',
      'juni|jun',
      'juli|jul',
      'august|aug',
      'september|sept|sep',
      'oktober|okt',
      'november|nov',
      'dezember|dez',
    ],
    ofNextWeek: /(?:der )?(?:nächster|nächsten|nächste|kommender|kommenden|kommende) woche/u,
    nextWeek: word(
      '(?:bis |im laufe |in der |ende |anfang )?(?:der )?(?:nächster|nächsten|nächste|kommender|kommenden|kommende) woche',
    ),
    endOfWeek: word(
      '(?:bis )?(?:zum )?(?:ende (?:der|dieser) woche|wochenende|diese woche|dieser woche|im laufe der woche)',
    ),
    endOfMonth: word('(?:bis )?(?:zum )?(?:ende (?:des|dieses) monats|monatsende|diesen monat)'),
    within: word(
      '(?:in|innerhalb|innerhalb von|binnen|in den nächsten|spätestens in) (?:spätestens |etwa |rund )?(?:von )?(?:(?<n>\\d{1,3}|einer|einem|eines|ein|zwei|drei|vier|fünf|sechs|sieben|acht|neun|zehn|zwölf|den nächsten|einer halben|ein paar|wenigen) )?(?<u>minuten|minute|stunden|stunde|tagen|tag|tages|werktagen|arbeitstagen|wochen|woche|monat|monaten|monats)',
    ),
    units: {
      minuten: 'minute',
      minute: 'minute',
      stunden: 'hour',
      stunde: 'hour',
      tagen: 'day',
      tag: 'day',
      tages: 'day',
      werktagen: 'day',
      arbeitstagen: 'day',
      wochen: 'week',
      woche: 'week',
      monat: 'month',
      monaten: 'month',
      monats: 'month',
    },
    numbers: {
      einer: 1,
      einem: 1,
      eines: 1,
      ein: 1,
      zwei: 2,
      drei: 3,
      'ein paar': 3,
      wenigen: 3,
      vier: 4,
      fünf: 5,
      sechs: 6,
      sieben: 7,
      acht: 8,
      neun: 9,
      zehn: 10,
      zwölf: 12,
      'einer halben': 0.5,
    },
    date: word(
      '(?<d>\\d{1,2})\\.? (?<m>januar|jänner|jan|februar|feb|märz|april|apr|mai|juni|jun|juli|jul|august|aug|september|sept|sep|oktober|okt|november|nov|dezember|dez)\\.?(?: (?<y>\\d{4}))?',
    ),
    clock: /(?<!\d)(?<h>\d{1,2})(?:[:.](?<min>\d{2}))? ?uhr|(?<!\d)(?<h>\d{1,2}):(?<min>\d{2})(?!\d)/u,
    parts: [
      [/(?<!\p{L})(?:vormittags?|\p{L}*vormittag|morgen früh|früh|\p{L}+tagmorgen)(?!\p{L})/u, 12],
      [/(?:nachmittags?|feierabend)(?!\p{L})/u, 17],
      [/mittags?(?!\p{L})/u, 12],
      [/abends?(?!\p{L})/u, 20],
    ],
    dayFirst: true,
  },
}
