/** The hints in German. */
import { word } from '../promise-text/speech.ts'
import { smallWords, type Tongue } from './tongue.ts'

const is = '(?:ist|war|sind|waren|wirkt|scheint|klingt|wird|bleibt)'
const so =
  '(?:(?:so|echt|wirklich|sehr|total|völlig|ziemlich|zu|immer|wieder|ein|eine|einfach|schon|nur|der|die|ganz|mal) )*'
const label = (words: string) =>
  word(
    `(?:er|sie|es|das|kunde|kundin|typ|frau|mann|herr \\p{L}+|frau \\p{L}+|person|leute|kunden) ${is} ${so}(?:${words})|${so}(?:${words})(?:e|er|en|es|em)? (?:kunde|kundin|kunden|typ|frau|mann|person|leute)`,
  )

export const de: Tongue = {
  small: smallWords(
    `ab aber alle als also am an auch auf aus bei beim bin bis bitte da damit dann das dass dein den denn der des die dies diese diesem diesen dieser dieses doch dort du durch
     ein eine einem einen einer eines er es etwas euch fur gibt haben habe hat hatte hatten hier ich ihm ihn ihnen ihr ihre ihren ihrer im immer in ins ist ja jetzt kann kein keine
     konnen konnte konnten man mein meine meinem meinen meiner mich mir mit muss nach nein nicht nichts noch nun nur ob oder ohne schon sehr sein seine seit sich sie sind so
     soll sollen sollte uber um und uns unser unsere unter vom von vor wann war waren warum was weil welche welcher welches wenn wer werden wie wieder will wir wird wo wozu wurde
     wurden zu zum zur danke hallo guten tag gruss grusse frage fragen wissen sagen hilfe helfen moglich mal eigentlich bereits`,
  ),
  courtesy: word(
    'wie geht es|konnen sie (?:mir )?helfen|können sie (?:mir|uns)? ?(?:bitte )?(?:weiter)?helfen|gibt es (?:etwas )?neu(?:es|igkeiten)',
  ),
  runaround: word(
    '(?:(?:sie|da|dafür|dazu|dann|hierfür|hierzu) )?(?:müssen|müssten|sollten) (?:sie |sich )*(?:\\p{L}+ ){0,3}?(?:fragen|anrufen|kontaktieren|wenden|schreiben|ansprechen|nachfragen)|(?:bitte )?(?:wenden sie sich|kontaktieren sie|fragen sie|rufen sie) (?:bitte )?(?:an |bei |beim |die |den |das |unsere?n? |ihre?n? |dort |dazu |direkt )+\\p{L}+',
  ),
  notRunaround: word(
    'müssen (?:sie )?(?:nicht|nichts|niemanden|sich nicht)|jederzeit|brauchen sie nicht|an (?:mich|uns)|bei (?:mir|uns)',
  ),
  blame: word(
    'sie haben (?:es )?(?:versäumt|vergessen|unterlassen)|sie hätten (?!gern|gerne|lieber|einen|eine|ein|schon)(?:\\p{L}+ ){0,4}?(?:müssen|sollen|können)|wie (?:ich|wir) (?:ihnen )?(?:bereits|schon|doch)|wie (?:bereits|schon) (?:gesagt|erwähnt|erklärt|mitgeteilt|geschrieben)|ihr (?:eigener )?fehler|ihre (?:eigene )?schuld|selbst (?:schuld|verschuldet)|sie haben (?:\\p{L}+ ){0,4}?nicht (?:gelesen|zugehört|beachtet|befolgt)|sie behaupten|hätten sie (?:\\p{L}+ ){0,4}?gelesen',
  ),
  jargon: word(
    'sla|eta|rma|kpi|asap|tbd|ticket(?:nummer)?|eskalier(?:en|t|te)|eskalation|gemäß unserer (?:agb|richtlinien?)|diesbezüglich|bezugnehmend|vorgenannt\\p{L}*|o\\. ?g\\.|u\\. ?a\\.|zwecks|seitens|onboarding|deployment|backend|frontend|stakeholder|second level|first level|rückmeldung ihrerseits|in der anlage befindlich\\p{L}*|hiermit|anbei übersend\\p{L}+|zur kenntnisnahme|proaktiv',
  ),
  longest: 32,
  badNews: word(
    'leider|bedauerlicherweise|nicht (?:möglich|verfügbar|lieferbar|mehr lieferbar)|nicht mehr (?:verfügbar|lieferbar|möglich|hergestellt)|ausverkauft|abgelehnt|verzögert sich|verzögerung|storniert worden|verloren gegangen',
  ),
  personal: word(
    'tut mir (?:sehr |wirklich |aufrichtig )?leid|tut uns (?:sehr |wirklich |aufrichtig )?leid|entschuldig\\p{L}*|verzeih\\p{L}*|ich verstehe|wir verstehen|ich kann (?:gut |sehr gut )?verstehen|verständlich|ich weiß,? (?:dass|wie)|ärgerlich|danke für ihre geduld|vielen dank für ihre geduld|ich bedaure|wir bedauern|ich hätte (?:mir|ihnen)|gern(?:e)? hätte|ich wünschte',
  ),
  no: word(
    '(?:können|kann|dürfen|darf|werden|wird) (?:(?:wir|ich|ihnen|sie|das|es|dies|diese|dieses|leider|aber|den|die|dem|für|hier|auch) )*(?:\\p{L}+ ){0,4}?nicht(?! (?:warten|nur|vor|früher|später als|verstehen))|nicht möglich|ist ausgeschlossen|bieten wir (?:leider )?nicht(?: mehr)? an|(?:abgelehnt|ablehnen)|nicht mehr (?:verfügbar|lieferbar|möglich)|keine möglichkeit',
  ),
  alternative: word(
    'stattdessen|alternativ(?:e|en)?|ersatzweise|(?:aber|jedoch|dafür|allerdings|stattdessen) (?:wir |ich |sie )?(?:können|kann|könnten|könnte|haben|gibt|biete\\p{L}*)|(?:können|kann|könnten|könnte|biete|bieten) (?:wir|ich|sie) (?:ihnen )?(?:\\p{L}+ ){0,3}?(?:anbieten|leihen|erstatten|ersetzen|empfehlen|vorschlagen)|(?:ich|wir) (?:schlage|schlagen|biete|bieten|empfehle|empfehlen)|möglich (?:ist|wäre)|möglichkeit wäre|in der zwischenzeit|bis dahin|weil|der grund|denn|option\\p{L}*|entweder|wäre ihnen|würde ihnen',
  ),
  labels: [
    { says: label('faul|unfähig|nutzlos|schlampig|inkompetent'), instead: 'effort' },
    {
      says: label(
        'verrückt|irre|hysterisch|durchgeknallt|gestört|aggressiv|unverschämt|frech|bekloppt|spinner|zicke|zickig',
      ),
      instead: 'mood',
    },
    { says: label('dumm|blöd|doof|bescheuert|idiot|trottel|depp|ahnungslos|begriffsstutzig'), instead: 'sense' },
    { says: label('lügner|lügnerin|verlogen|betrüger|betrügerin|unehrlich'), instead: 'honesty' },
    {
      says: label(
        'nervig|anstrengend|schwierig|anspruchsvoll ohne ende|nervensäge|querulant|querulantin|nörgler|nörglerin|lästig|pingelig|unmöglich',
      ),
      instead: 'demand',
    },
  ],
}
