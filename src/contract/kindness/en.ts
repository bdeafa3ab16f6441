/** The hints in English. */
import { word } from '../promise-text/speech.ts'
import { smallWords, type Tongue } from './tongue.ts'

const they = '(?:he|she|they|it|this|that|customer|client|guy|woman|man|person|lady|one)'
const is = "(?:is|are|was|were|be|being|seems?|sounds?|looks?|gets?|got|acts?|'s|'re)"
const so =
  '(?:(?:just|so|really|very|such|totally|completely|a bit|quite|rather|too|always|again|an?|the|plain|another|being) )*'
const label = (words: string) =>
  word(
    `${they} ?${is} (?:not )?${so}(?:${words})(?! (?:loading|load|busy|week|day|good|price|low|cheap|fast|much|many|long))|${so}(?:${words}) (?:customer|client|guy|woman|man|person|lady|people|user)`,
  )

export const en: Tongue = {
  small: smallWords(
    `a an and any are as at be been but by can could did do does doing done else for from get got had has have he her here hers him his how i if in into is it its just
     let like many may me might mine more most much must my need no nor not now of off on once one only or other our ours out over own please same shall she should so some
     still such than that the their them then there these they this those to too under until up us very want was we were what when where which while who whom why will with
     would yes you your yours also am because before after about again all anything something someone anyone really maybe already ok okay hi hello dear thanks thank regards
     help know tell say question possible able idea think wondering kindly sure right think way thing things m ll re ve s t d don`,
  ),
  courtesy: word(
    'how are you|how do you do|hope you|can you help|could you help|anyone there|are you there|any news|any update|any help',
  ),
  runaround: word(
    "(?:you(?:'ll| will)? (?:have to|need to|must|should|ought to|'ve got to)|please|kindly|you(?:'d| had) better) (?:\\p{L}+ )?(?:ask|call|phone|ring|contact|e-?mail|write to|speak (?:to|with)|talk (?:to|with)|turn to|reach out to|get in touch with|go to|check with) (?!me\\b|us\\b|you\\b|if\\b|when\\b|for\\b|whether\\b|again\\b|back\\b|yourself)(?:the |our |your |their |another |an? |this |that )?\\p{L}+",
  ),
  notRunaround: word("don't (?:have|need) to|do not (?:have|need) to|never (?:have|need) to|no need to|any ?time"),
  blame: word(
    "you (?:failed|forgot|neglected|refused|omitted) to|you should have (?!received|gotten|got|had|seen|been sent|an? )\\p{L}+|you (?:didn't|did not) (?:read|listen|follow|bother|pay attention|understand|tell us|inform|mention)|as (?:i|we) (?:already|previously|clearly) (?:said|told|wrote|mentioned|explained|stated)|as (?:already|previously|clearly) (?:said|told|mentioned|explained|stated)|(?:i|we) (?:already|clearly) told you|your (?:own )?(?:fault|mistake|carelessness)|you (?:claim|allege)(?:ed)?|if you had (?:read|listened|followed|checked)|you (?:clearly|obviously)",
  ),
  jargon: word(
    'sla|eta|rma|kpi|eod|cob|poc|etd|sku|fyi|tbd|escalat(?:e|ed|ion)|leverag(?:e|ed|ing)|utili[sz](?:e|ed|ing|ation)|ticket(?:ing)?(?: number)?|aforementioned|herewith|heretofore|hereby|pursuant to|as per|per our policy|backend|back-end|front-end|stakeholders?|onboarding|synerg(?:y|ies)|deliverables?|bandwidth|circle back|touch base|going forward|at this juncture|in the event that|deprovision(?:ed|ing)?|reprovision(?:ed|ing)?|tier (?:one|two|1|2)|l[12] support',
  ),
  longest: 38,
  badNews: word(
    'unfortunately|i regret|we regret|regret to (?:inform|say)|(?:has|have|was|were|is|are|been) (?:declined|rejected|refused|cancelled|canceled|delayed|lost|denied)|out of stock|sold out|no longer (?:available|made|sold|supported|possible)|not (?:possible|available|covered|eligible)|will be late|took longer|broke again',
  ),
  personal: word(
    "sorry|apolog(?:y|ies|ise|ize|ising|izing)|i understand|i see (?:that|how|why)|i know (?:this|that|how|it)|i can imagine|must be (?:hard|annoying|frustrating|difficult|a)|that is (?:hard|frustrating|annoying|disappointing)|that's (?:hard|frustrating|annoying|disappointing|not what)|i wish|thank you for (?:your patience|bearing|waiting|understanding|telling)|thanks for (?:your patience|bearing|waiting|telling)|i'd (?:have )?hoped|i would have liked|you (?:deserve|have every right)|not what you (?:hoped|wanted)|i feel",
  ),
  no: word(
    "(?:we|i) (?:can't|cannot|can not|couldn't|could not|won't|will not|are unable to|am unable to|are not able to|am not able to|don't offer|do not offer|no longer)(?! ?(?:wait|help (?:but|noticing)|thank|imagine|promise more|say enough|find (?:fault|anything wrong)))|not possible|(?:is|are) no longer (?:available|possible|made|sold)|we have to (?:decline|refuse|say no)|(?:is|was|has been|have been) (?:declined|rejected|refused)|not eligible",
  ),
  alternative: word(
    "instead|alternativ(?:e|ely|es)|another way|what (?:i|we) can (?:do|offer)|(?:but|however|though|so),? (?:i|we|you) (?:can|could|may)|(?:i|we|you) (?:can|could) (?:still|also|offer|lend|suggest|propose|send|refund|replace|credit|try|use|borrow|choose)|option|either|(?:i|we) (?:suggest|recommend|propose|offer)|in the meantime|until then|the reason|because|how about|would it help|would you like|we'll (?:lend|offer|refund|replace|send)|i'll (?:lend|offer|refund|replace|send|ask|find)",
  ),
  labels: [
    { says: label('lazy|idle|useless|incompetent|hopeless|careless|sloppy'), instead: 'effort' },
    {
      says: label(
        'crazy|insane|mad|nuts|hysterical|unhinged|moody|aggressive|rude|bitchy|toxic|a nightmare|nightmare|psycho|mental',
      ),
      instead: 'mood',
    },
    { says: label('stupid|dumb|clueless|an? idiot|idiot|idiots|moron|morons|thick|ignorant|dense'), instead: 'sense' },
    { says: label('liar|liars|lying|a liar|dishonest|a cheat|fraudster|a fraud|full of it'), instead: 'honesty' },
    {
      says: label(
        'annoying|difficult|demanding|needy|entitled|high-maintenance|high maintenance|a pain|pain in the (?:ass|arse|neck)|a troublemaker|troublemaker|whiny|a whiner|a complainer|picky|a drama queen|impossible',
      ),
      instead: 'demand',
    },
  ],
}
