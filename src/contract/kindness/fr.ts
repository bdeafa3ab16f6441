/** The hints in French. */
import { word } from '../promise-text/speech.ts'
import { smallWords, type Tongue } from './tongue.ts'

const so = '(?:(?:très|si|tellement|vraiment|un|une|le|la|toujours|assez|trop|encore|complètement|plutôt) )*'
const label = (words: string) =>
  word(
    `(?:est|était|sont|étaient|semble|paraît|reste|devient) ${so}(?:${words})|(?:client|cliente|clients|dame|monsieur|type|personne|homme|femme|gens) ${so}(?:${words})|(?:quel|quelle) (?:${words})`,
  )

export const fr: Tongue = {
  small: smallWords(
    `a ai ait alors apres as au aucun aussi autre aux avait avant avec avez avoir avons bien bon c ca car ce cela ces cet cette chaque chez ci comme comment d dans de deja depuis des deux
     dois doit donc dont du elle elles en encore entre es est et etait etaient ete etes etre eu fait faire faut il ils j je jusque l la le les leur leurs lui m ma mais me meme mes moi mon
     n ne ni nos notre nous on ont ou par pas peu peut peuvent peux plus pour pourquoi pourrait pourrais pourriez pouvez puis qu quand que quel quelle quelles quels qui quoi s sa sans se sera
     ses si son sont sous sur suis t ta te tes toi ton tous tout toute toutes tres tu un une va vers voici votre vos vous voudrais y bonjour merci cordialement question savoir dire aide aider
     possible besoin svp plait`,
  ),
  courtesy: word("comment (?:allez|vas)|ça va|(?:pouvez|pourriez)-vous m'aider|(?:des|du) nouve(?:lles|au)"),
  runaround: word(
    "(?:vous (?:devez|devrez|devriez)|il (?:faut|faudra|vous faut|vous faudra)|veuillez|merci de|prière de) (?:\\p{L}+ )?(?:appeler|contacter|demander|écrire|joindre|vous adresser|téléphoner|voir avec|prendre contact|consulter|s'adresser) (?:à |au |aux |avec |auprès (?:de |du |des )?)?(?!moi|nous|me |nous-mêmes)(?:la |le |les |l'|votre |notre |un |une )?\\p{L}+|adressez-vous (?:à|au|aux|directement) (?!moi|nous)(?:la |le |les |l'|votre |notre )?\\p{L}+",
  ),
  notRunaround: word(
    "vous ne devez pas|vous n'avez pas (?:à|besoin)|il ne faut pas|pas besoin|à tout moment|quand vous (?:voulez|voudrez)|inutile de",
  ),
  blame: word(
    "vous avez (?:oublié|omis|négligé|refusé)|vous n'avez pas (?:lu|suivi|respecté|fait attention|écouté|prévenu|pris la peine)|vous auriez (?:dû|pu) (?!recevoir|avoir)\\p{L}+|comme (?:je|nous) (?:vous )?(?:l')?(?:ai|avons|l'ai|l'avons)? ?(?:déjà|clairement)|comme (?:déjà|précédemment) (?:dit|indiqué|mentionné|expliqué)|(?:je|nous) vous (?:l')?(?:ai|avons) déjà (?:dit|expliqué|indiqué|écrit)|c'est (?:de )?votre (?:propre )?faute|votre (?:propre )?erreur|si vous aviez (?:lu|suivi|vérifié|regardé)|vous prétendez",
  ),
  jargon: word(
    'sla|eta|rma|kpi|asap|ticket|escalad(?:e|er|é|ée)|escalat\\p{L}+|backend|frontend|stakeholders?|onboarding|feedback|conformément à (?:notre|nos) (?:politique|conditions)|susmentionné\\p{L}*|ci-annexé\\p{L}*|par la présente|dans les meilleurs délais|nous reviendrons vers vous|à toutes fins utiles|suite à votre|procéder à|niveau (?:un|deux|1|2)|process|reporting',
  ),
  longest: 36,
  badNews: word(
    "malheureusement|hélas|au regret|pas possible|impossible|plus (?:disponible|fabriqué|possible|en stock)|n'est pas (?:possible|disponible|couvert)|en rupture|épuisé\\p{L}*|refusé\\p{L}*|rejeté\\p{L}*|annulé\\p{L}*|retard\\p{L}*|perdu\\p{L}* (?:en route|dans)",
  ),
  personal: word(
    "désolé\\p{L}*|navré\\p{L}*|excus\\p{L}*|pardon\\p{L}*|je comprends|nous comprenons|je sais (?:que|combien|à quel)|j'imagine|merci (?:de|pour) votre (?:patience|compréhension)|j'aurais (?:aimé|voulu)|nous aurions (?:aimé|voulu)|regrett\\p{L}+|frustrant\\p{L}*|décevant\\p{L}*|pénible",
  ),
  no: word(
    "(?:nous|je) ne (?:pouvons|peux|pourrons|pourrai|sommes pas en mesure|suis pas en mesure|proposons|faisons)(?: \\p{L}+)?(?: pas| plus)(?! (?:seulement|attendre|que))|(?:nous|je) ne (?:sommes|suis) pas en mesure|n'est (?:pas|plus) (?:possible|disponible|fabriqué|vendu)|impossible|(?:est|a été|avons) refusé\\p{L}*",
  ),
  alternative: word(
    "à la place|en revanche|par contre|alternativ\\p{L}+|autre (?:option|possibilité|solution|moyen|façon)|ce que (?:je|nous) (?:peux|pouvons)|(?:mais|cependant|toutefois),? (?:je|nous|vous) (?:peux|pouvons|pouvez|pourr\\p{L}+)|(?:je|nous) (?:peux|pouvons) (?:vous )?(?:aussi )?(?:proposer|offrir|prêter|envoyer|rembourser|remplacer|suggérer)|(?:je|nous) vous (?:propose|proposons|offre|offrons|suggère|suggérons|recommande|recommandons|prêtons|prête)|option\\p{L}*|en attendant|d'ici là|parce qu\\p{L}*|car|la raison|puisqu\\p{L}*|soit|souhaitez-vous|cela vous (?:irait|convient)",
  ),
  labels: [
    {
      says: label('paresseu(?:x|se|ses)|fainéant(?:e|s|es)?|incompétent(?:e|s|es)?|bon à rien|nul(?:le|s|les)?'),
      instead: 'effort',
    },
    {
      says: label(
        'fou|folle|fous|folles|hystérique|dingue|cinglé(?:e|s|es)?|agressi(?:f|ve|fs|ves)|impoli(?:e|s|es)?|malpoli(?:e|s|es)?|grossi(?:er|ère|ers|ères)',
      ),
      instead: 'mood',
    },
    {
      says: label(
        'stupide|stupides|idiot(?:e|s|es)?|bête|bêtes|con|conne|cons|imbécile|imbéciles|crétin(?:e|s|es)?|ignorant(?:e|s|es)?',
      ),
      instead: 'sense',
    },
    { says: label('menteu(?:r|se|rs|ses)|malhonnête|malhonnêtes|escroc|escrocs|tricheur'), instead: 'honesty' },
    {
      says: label(
        'pénible|pénibles|chiant(?:e|s|es)?|difficile|difficiles|exigeant(?:e|s|es)?|casse-pieds|râleu(?:r|se|rs|ses)|insupportable|insupportables|impossible|lourd(?:e|s|es)?',
      ),
      instead: 'demand',
    },
  ],
}
