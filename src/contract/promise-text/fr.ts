/** How promises are said in French: the future of the first person, "je vais", and the present with "vous". */
import { oneOf, type Speech, word } from './speech.ts'

const present = oneOf([
  'envoie|appelle|rappelle|réponds|écris|dis|confirme|adresse|transmets|tiens|donne|fais|regarde|vérifie|demande|prépare|rassemble|recontacte|contacte|reviens|occupe|charge|passe|apporte|livre|répare|remplace|rembourse|commande|cherche|informe|préviens|organise|propose|prends|mets|consulte|corrige|annule|réserve|explique|partage|renvoie|retourne|verse|expédie|règle|termine|engage|communique|creuse|relance|avertis|joins|remonte|signale|traite|étudie|teste|examine|soumets|remets',
  'envoyons|appelons|rappelons|répondons|écrivons|confirmons|adressons|transmettons|tenons|donnons|faisons|regardons|vérifions|demandons|préparons|recontactons|contactons|revenons|occupons|passons|apportons|livrons|réparons|remplaçons|remboursons|commandons|cherchons|informons|prévenons|expédions|créditons|rendons|réglons|terminons|engageons|communiquons|traitons|étudions',
])
const objects = "(?:(?:vous|te|t'|le|la|les|l'|lui|leur|m'|me|en|y|nous|s'|se) ?){0,3}"
const subject = "(?:je |j'|nous |on )"

export const fr: Speech = {
  commits: [
    {
      says: new RegExp(
        `(?<!\\p{L})(?:je |j')${objects}(?!serai|aurai besoin|pourrai|devrai|voudrai|saurai|aurai(?! (?:un|une|la|le|votre|vos|des) )|manquerai|attendrai|souviendrai|resterai)\\p{L}+rai(?!\\p{L})`,
        'iu',
      ),
    },
    {
      says: new RegExp(
        `(?<!\\p{L})(?:nous |on )${objects}(?!serons|aurons besoin|pourrons|devrons|voudrons|saurons|attendrons|fermerons|serons)(?:\\p{L}+rons|(?<=on \\P{Lu}{0,9})\\p{L}+ra)(?!\\p{L})`,
        'iu',
      ),
    },
    {
      says: new RegExp(
        `(?<!\\p{L})${subject}${objects}(?:vais|allons|va) ${objects}(?!être|avoir besoin|devoir|attendre|rester)\\p{L}+(?:er|ir|re|oir)(?!\\p{L})`,
        'iu',
      ),
    },
    {
      says: new RegExp(
        `(?<!\\p{L})${subject}(?:(?:vous|te|t'|m'|m’en|le|la|les|l'|lui|leur|nous|en|s'en|nous en) ?){1,3}(?:${present})(?!\\p{L})`,
        'iu',
      ),
    },
    {
      says: new RegExp(
        `(?<!\\p{L})${subject}(?:reviens|revenons|regarde|vérifie|demande|transmets|cherche|m'occupe|étudie|examine|creuse)(?!\\p{L})`,
        'iu',
      ),
    },
    { says: new RegExp(`(?<!\\p{L})${subject}${objects}(?:${present})(?!\\p{L})`, 'iu'), timed: true },
    { says: word('(?:je |nous )(?:vous |te )?(?:le |la )?(?:promets|promettons|garantis|garantissons)|promis') },
    { says: word("(?:je|nous) (?:peux|pouvons) (?:vous |te |le |la |les |l')*\\p{L}+(?:er|ir|re|oir)"), timed: true },
    {
      says: word(
        '(?:vous (?:aurez|recevrez|pouvez compter sur|obtiendrez)|tu (?:auras|recevras))\\b.*?(?:ma réponse|notre réponse|mes nouvelles|nos nouvelles|de moi|de nous|de ma part|de notre part|mon retour|notre retour)',
      ),
    },
    { says: word("notre \\p{L}+(?: \\p{L}+)? (?:vous |te |le |la |les |l')*\\p{L}+ra"), timed: true },
  ],
  denies: /(?<!\p{L})(?:ne|n'|pas|jamais|aimerais|voudrais|serais|pourrais|peut-être|ni)(?!\p{L})|(?<!\p{L})n'/u,
  depends:
    /(?<!\p{L})(?:(?<!voir |savoir |vérifie |vérifier |regarde |regarder |demande |demander )si|s'il|s'ils|dès que|quand|lorsque|une fois que|à condition|j'espère|nous espérons|je crois|je pense|je suppose|j'aimerais|je voudrais|vous aviez dit|vous avez dit|voulez-vous|pourvu que)(?!\p{L})/u,
  times: {
    days: [
      [word('après-demain'), 2],
      [word('demain(?: matin| midi| après-midi| soir)?'), 1],
      [
        word(
          "aujourd'hui(?: même)?|ce (?:matin|midi|soir)|cet après-midi|dans la journée|d'ici ce soir|en fin de journée",
        ),
        0,
      ],
    ],
    weekdays: ['lundi', 'mardi', 'mercredi', 'jeudi', 'vendredi', 'samedi', 'dimanche'],
    months: [
      'janvier|janv',
      'février|fév|févr',
      'mars',
      'avril|avr',
      'mai',
      'juin',
      'juillet|juil',
      'août|aout',
      'septembre|sept',
      'octobre|oct',
      'novembre|nov',
      'décembre|déc',
    ],
    ofNextWeek: /de la semaine prochaine|en huit/u,
    nextWeek: word('(?:dans le courant de |au cours de |en début de |en fin de )?(?:la )?semaine prochaine'),
    endOfWeek: word(
      "(?:cette semaine|(?:d'ici |avant )?(?:la )?fin de (?:la |cette )?semaine|en fin de semaine|d'ici le week-end|avant le week-end)",
    ),
    endOfMonth: word("(?:ce mois-ci|(?:d'ici |avant )?(?:la )?fin (?:du|de ce) mois|fin du mois|en fin de mois)"),
    within: word(
      "(?:dans|sous|d'ici|en moins de|dans les|d'ici à) (?:les |environ |au plus )?(?:(?<n>\\d{1,3}|un|une|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|douze|quelques|une demi|une petite) ?-?)?(?<u>minutes?|heures?|heure|h|jours?|semaines?|mois)(?: ouvrés| ouvrables)?",
    ),
    units: {
      minute: 'minute',
      minutes: 'minute',
      heure: 'hour',
      heures: 'hour',
      h: 'hour',
      jour: 'day',
      jours: 'day',
      semaine: 'week',
      semaines: 'week',
      mois: 'month',
    },
    numbers: {
      un: 1,
      une: 1,
      'une petite': 1,
      deux: 2,
      trois: 3,
      quelques: 3,
      quatre: 4,
      cinq: 5,
      six: 6,
      sept: 7,
      huit: 8,
      neuf: 9,
      dix: 10,
      douze: 12,
      'une demi': 0.5,
    },
    date: word(
      '(?<d>\\d{1,2})(?:er)? (?<m>janvier|février|mars|avril|mai|juin|juillet|août|aout|septembre|octobre|novembre|décembre)(?: (?<y>\\d{4}))?',
    ),
    clock:
      /(?<!\d)(?<h>\d{1,2}) ?(?:h|heures?)(?: ?(?<min>\d{2}))?(?!\p{L}|\d)|(?<!\d)(?<h>\d{1,2}):(?<min>\d{2})(?!\d)/u,
    parts: [
      [word('midi'), 12],
      [word('matin|première heure'), 12],
      [word('après-midi'), 18],
      [word('soir|soirée'), 20],
    ],
    dayFirst: true,
  },
}
