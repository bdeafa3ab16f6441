/** How promises are said in English. */
import { oneOf, type Speech, word } from './speech.ts'

const i =
  "(?:i|we)(?:'ll| will| shall|'ll then| promise (?:you )?(?:to|that i'll|i'll)| guarantee (?:you )?(?:to|that))"
const going = "(?:i'm|i am|we're|we are) going to"
const adverbs =
  '(?:also|certainly|definitely|gladly|happily|then|now|personally|surely|quickly|just|still|first|immediately|of course|try to|be sure to|make sure to|go and|do my best to|do our best to) '
/** What is done for somebody; with these no time is needed. */
const deeds = oneOf([
  'look|check|find|get|send|call|phone|ring|ask|raise|order|follow|forward|pass|let|tell|write|update|keep|fix|repair|ship|deliver',
  'refund|credit|replace|investigate|confirm|come|take|see to|deal|handle|sort|arrange|make|ensure|email|e-mail|mail|message|report|prepare|draft|book',
  'schedule|return|share|escalate|talk|speak|contact|reach|reply|answer|respond|test|provide|give|visit|transfer|cancel|change|correct|install',
  'pick|bring|drop|add|remove|process|issue|chase|clarify|review|consult|discuss|publish|organise|organize|have|do|be in touch|go|put|set|show|explain|work|help you|finish|complete|start|submit|sign|pay|upload|try|revert|discuss|inform|notify|collect|reimburse|print|translate|record|extend|reserve|hold|swap|exchange',
])
/** What is no deed: a state, a need, a feeling, a habit. */
const states =
  '(?:not|never|always|only|need|have to|be (?!in touch|with you|sending|calling|writing|checking|ringing|posting|shipping|coming|visiting|back (?:to|with|in touch))|miss|love|like|prefer|assume|wait|hope|think|see (?:if|whether|you)|understand|remember|admit|say|appreciate|enjoy|wish|want|know|keep (?:my|our) fingers|take that|take it that|leave it (?:at|to you)|have (?:a|an|some|no|to)\\b(?! (?:look|answer|reply|update))|look forward|stay|stick|trust|believe|expect|guess|suppose|see$|get used|be$)'

export const en: Speech = {
  commits: [
    { says: word(`${i} (?:${adverbs})*(?!${states})(?:${deeds})`) },
    { says: word(`${going} (?:${adverbs})*(?!${states})(?:${deeds})`) },
    { says: word(`${i} (?:${adverbs})*(?!${states})\\p{L}{2,}`), timed: true },
    { says: word(`${going} (?!${states})\\p{L}{2,}`), timed: true },
    { says: word('(?:i|we) (?:promise|give you my word)|you have (?:my|our) word') },
    {
      says: word(
        `(?:i|we)(?:'ve| have|'m| am|'re| are)? [^,;:]{2,60}? and (?:will|i'll|we'll|shall) (?:${adverbs})*(?!${states})(?:${deeds})`,
      ),
    },
    {
      says: word(
        "you(?:'ll| will) (?:have|get|receive) (?:the|your) (?!(?:chance|opportunity|option|right|choice|weekend|time)(?!\\p{L}))\\p{L}+",
      ),
      timed: true,
    },
    {
      says: word(
        "(?:i'm|i am|we're|we are) (?!looking|hoping|wondering|travelling|traveling|leaving|working from|being|having|going|flying|moving|closing|expecting|waiting|counting|taking|attending|staying|planning)\\p{L}+ing",
      ),
      timed: true,
    },
    {
      says: word(
        '(?:i|we) (?:can|could certainly|aim to|plan to|intend to) (?:send|get|have|call|deliver|ship|let|give|bring|return|do|fix|provide|write)',
      ),
      timed: true,
    },
    { says: word('(?:i|we) (?:send|call|ship|deliver|get back|come back|write|report|post)'), timed: true },
    {
      says: word(
        "(?:you'll|you will|you can expect|you shall|expect)\\b[^.]*?(?:from (?:me|us|our|my)|my (?:answer|reply|call|word)|our (?:answer|reply|call|offer|decision))",
      ),
    },
    {
      says: word(
        "you(?:'ll| will) (?:have|get|receive|find) (?:it|them|that|everything|an answer|a reply|the answer|my|our)\\b",
      ),
      timed: true,
    },
    {
      says: word(
        'our \\p{L}+(?: \\p{L}+)? (?:will|is going to) (?:\\p{L}+ ){0,2}?(?:visit|call|contact|come|ring|write|deliver|bring|install|repair|fix|collect|pick|get back|be with|be in touch|answer|reply|send|look|ship|email)',
      ),
    },
    { says: word('let me (?!know|be|down|have|hear|see what you|put it|tell you|say|just say|explain|remind)\\p{L}+') },
    { says: word('leave (?:it|this|that) (?:with|to) (?:me|us)') },
    { says: word('give (?:me|us) until'), timed: true },
    {
      says: /^(?:ok(?:ay)?|sure|yes|fine|right|great|thanks|thank you|of course)?[,.: -]*(?:will (?:do|send|call|check|let|get|write|update|forward|ship|ask|look|report)|sending|calling|shipping|on it)(?!\p{L})/u,
    },
    {
      says: word(
        '(?:the|your) [\\p{L} ]{2,30}? will be (?:with you|sent|shipped|delivered|ready|on its way|repaired|fixed|refunded|dispatched|back with you)',
      ),
      timed: true,
    },
  ],
  denies: word(
    "not|n't|cannot|can't|won't|never|no longer|unable|neither|nor|hardly|might|may|perhaps we|maybe|would|'d",
  ),
  depends: word(
    'if you|if they|if that|if it|unless|once you|as soon as you|when you|after you|provided|should you|in case|i hope|hopefully|i wish|i think|i believe|do you think|would you|you said|said that|wrote that|promised that|imagine|suppose',
  ),
  times: {
    days: [
      [word('(?:the )?day after tomorrow'), 2],
      [word('tomorrow|tmrw|tmr'), 1],
      [
        word(
          'today|tonight|this (?:morning|afternoon|evening)|by (?:close of business|end of business|cob|eod)|(?:the )?end of (?:the )?(?:working )?day|within the day|by noon',
        ),
        0,
      ],
    ],
    weekdays: [
      'monday|mon',
      'tuesday|tue|tues',
      'wednesday|wed',
      'thursday|thu|thur|thurs',
      'friday|fri',
      'saturday|sat',
      'sunday|sun',
    ],
    months: [
      'january|jan',
      'february|feb',
      'march|mar',
      'april|apr',
      'may',
      'june|jun',
      'july|jul',
      'august|aug',
      'september|sep|sept',
      'october|oct',
      'november|nov',
      'december|dec',
    ],
    ofNextWeek: /(?:of )?next week/u,
    nextWeek: word('(?:(?:the )?(?:end of|in the course of|during|by|sometime) )?next week'),
    endOfWeek: word(
      '(?:(?:the )?end of (?:the|this) week|this week|later this week|by the weekend|before the weekend|within the week)',
    ),
    endOfMonth: word('(?:(?:the )?end of (?:the|this) month|this month|month end|within the month)'),
    within: word(
      '(?:in|within|inside|in under|in less than|in about|over) (?:the next |about |at most )?(?:(?<n>\\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|the|couple of|a couple of|few|a few|half an) )?(?:working |business )?(?<u>minutes?|mins?|hours?|hrs?|days?|weeks?|fortnight|month|months)',
    ),
    units: {
      minute: 'minute',
      minutes: 'minute',
      min: 'minute',
      mins: 'minute',
      hour: 'hour',
      hours: 'hour',
      hr: 'hour',
      hrs: 'hour',
      day: 'day',
      days: 'day',
      week: 'week',
      weeks: 'week',
      month: 'month',
      months: 'month',
    },
    numbers: {
      a: 1,
      an: 1,
      one: 1,
      the: 1,
      two: 2,
      'couple of': 2,
      'a couple of': 2,
      three: 3,
      few: 3,
      'a few': 3,
      four: 4,
      five: 5,
      six: 6,
      seven: 7,
      eight: 8,
      nine: 9,
      ten: 10,
      twelve: 12,
      'half an': 0.5,
    },
    date: word(
      '(?:(?<d>\\d{1,2})(?:st|nd|rd|th)?(?: of)? (?<m>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?:,? (?<y>\\d{4}))?)',
    ),
    clock:
      /(?<!\d)(?:(?<h>\d{1,2})(?:[:.](?<min>\d{2}))? ?(?<half>[ap])\.?m\b\.?|(?<=\b(?:at|by|until|till|before|from) )(?<h>\d{1,2})(?::(?<min>\d{2}))?(?! ?(?:\p{L}|\d|[/.-]\d))|(?<h>\d{1,2}):(?<min>\d{2})(?!\d))/u,
    parts: [
      [word('noon|midday|lunchtime'), 12],
      [word('morning'), 12],
      [word('afternoon|close of business|cob|end of business|eod'), 17],
      [word('evening|tonight'), 20],
      [word('midnight|end of (?:the )?day'), 23],
    ],
    dayFirst: false,
  },
  leadIn:
    /^(?:(?:ok(?:ay)?|sure|yes|thanks|thank you)[,.: -]+)?(?:i|we)(?:['’]ll| will| shall|['’]m going to| am going to|['’]re going to| are going to| promise to| can)\s+(?:also |then |now )?/i,
}
