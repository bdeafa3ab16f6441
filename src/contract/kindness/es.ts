/** The hints in Spanish. */
import { word } from '../promise-text/speech.ts'
import { smallWords, type Tongue } from './tongue.ts'

const so = '(?:(?:muy|tan|realmente|un|una|el|la|siempre|bastante|demasiado|otra vez|es|más) )*'
const label = (words: string) =>
  word(
    `(?:es|está|son|están|era|eran|parece|parecen|fue|sigue) ${so}(?:${words})|(?:cliente|clienta|clientes|señora?|tipo|tipa|persona|hombre|mujer|gente) ${so}(?:${words})`,
  )

export const es: Tongue = {
  small: smallWords(
    `a al algo algun alguna ahora antes aqui asi aun aunque bien cada como con cual cuales cuando cuanto cuanta cuantos de del desde despues donde dos el ella ellas ellos en entre
     era es esa ese eso esta estaba estan estar este esto estos estas estoy fue ha habia hace hacer han hasta hay he la las le les lo los mas me mi mis mucho muy nada ni no nos nosotros
     nuestra nuestro o os otra otro para pero poco por porque pueda puede pueden puedo podria podrian poder que quien se sea ser si sido sin sobre solo son soy su sus tambien tan te tener
     tengo tiene tienen todo todos tras tu tus un una uno unos unas usted ustedes va voy y ya yo hola gracias favor saludos buenos buenas dias tardes pregunta saber decir ayuda ayudar
     ayudarme posible quiero quisiera necesito`,
  ),
  courtesy: word(
    'cómo est[áa](?:s|n)?|qué tal|(?:me )?(?:puede|pueden|podría|podrían) ayudar(?:me)?|hay novedades|alguna novedad',
  ),
  runaround: word(
    '(?:tiene|tendrá|tienen|tendrán|debe|deberá|deben|necesita) (?:que |usted )*(?:llamar|preguntar|contactar|escribir|dirigirse|hablar|consultar|comunicarse) (?:directamente )?(?:al?|con|en|por|la|el|a la)? ?(?!mí|nosotros|conmigo|nos)(?:la |el |su |nuestro |nuestra |los |otro |otra )?\\p{L}+|(?:por favor,? )?(?:diríjase|póngase en contacto|contacte|comuníquese|llame|consulte) (?:al?|con|a la) (?!nosotros|mí|nos)(?:la |el |su |nuestro |nuestra |los )?\\p{L}+',
  ),
  notRunaround: word('no (?:tiene|tendrá|tienen|necesita|hace falta|debe)|cuando quiera|en cualquier momento'),
  blame: word(
    'usted (?:olvidó|no leyó|se equivocó|no siguió|omitió)|(?:debería|deberían|tendría|tendrían) (?:usted )?(?:que )?haber (?!recibido|llegado|tenido)\\p{L}+|como ya (?:le |les |te )?(?:dije|dijimos|expliqué|explicamos|mencioné|mencionamos|indiqué|indicamos|comenté|comentamos|he dicho|hemos dicho)|es (?:su|tu) (?:propia )?culpa|(?:su|un) (?:propio )?error suyo|por su culpa|por su error|no (?:ha|han) (?:leído|seguido|prestado)|si (?:hubiera|hubiese) (?:leído|seguido|mirado)|usted (?:afirma|alega)',
  ),
  jargon: word(
    'sla|eta|rma|kpi|asap|escala(?:r|do|da|miento|mos)|ticket|tique|backend|frontend|stakeholders?|onboarding|feedback|conforme a nuestra política|según nuestra política|antedich\\p{L}+|susodich\\p{L}+|mediante la presente|por medio de la presente|adjunto a la presente|a la mayor brevedad|sírvase|procederemos a|proceder a la|a los efectos|primer nivel|segundo nivel',
  ),
  longest: 38,
  badNews: word(
    'lamentablemente|desgraciadamente|desafortunadamente|por desgracia|no (?:es|será|ha sido) posible|no está disponible|ya no (?:está|hay|es|se)|agotad[oa]s?|rechazad[oa]s?|denegad[oa]s?|cancelad[oa]s?|retras(?:o|ado|ada|ará)|se ha perdido',
  ),
  personal: word(
    'siento|sentimos|lament(?:o|amos)|disculp\\p{L}*|perd(?:ón|one|onen|ona)|entiendo|entendemos|comprend(?:o|emos)|sé (?:que|lo)|imagino|gracias por (?:su|la|tu) (?:paciencia|comprensión|espera)|me habría gustado|me hubiera gustado|ojalá|frustrante|molest(?:o|ia|ias)',
  ),
  no: word(
    'no (?:podemos|puedo|podremos|podré|nos es posible|me es posible|es posible|será posible|ofrecemos|está permitido|cubre|procede)(?! (?:esperar|sino|menos|dejar|evitar))|ya no (?:ofrecemos|está disponible|es posible|se fabrica|se vende)|(?:hemos|ha sido|han) (?:rechazado|denegado)|imposible',
  ),
  alternative: word(
    'en su lugar|en cambio|alternativ(?:a|as|amente)|otra (?:opción|posibilidad|forma|manera)|lo que (?:sí )?(?:puedo|podemos)|(?:pero|sin embargo|aunque)(?: sí)?,? (?:puedo|podemos|puede|podría|podríamos|le)|(?:puedo|podemos|podría|podríamos) (?:también |sí )?(?:ofrecer\\p{L}*|prestar\\p{L}*|enviar\\p{L}*|devolver\\p{L}*|reembolsar\\p{L}*|cambiar\\p{L}*|proponer\\p{L}*|sugerir\\p{L}*)|le (?:propongo|ofrezco|ofrecemos|proponemos|sugiero|recomiendo|prestamos)|opci(?:ón|ones)|mientras tanto|hasta entonces|porque|el motivo|la razón|debido a|ya que|le parece',
  ),
  labels: [
    { says: label('vag[oa]s?|perezos[oa]s?|inútil(?:es)?|incompetentes?|un desastre'), instead: 'effort' },
    {
      says: label('loc[oa]s?|histéric[oa]s?|agresiv[oa]s?|maleducad[oa]s?|groser[oa]s?|chiflad[oa]s?|insolentes?'),
      instead: 'mood',
    },
    {
      says: label('tont[oa]s?|estúpid[oa]s?|idiotas?|imbéciles|imbécil|ignorantes?|bob[oa]s?|torpes?'),
      instead: 'sense',
    },
    { says: label('mentiros[oa]s?|deshonest[oa]s?|estafador(?:a|es)?|tramposo'), instead: 'honesty' },
    {
      says: label(
        'pesad[oa]s?|molest[oa]s?|difícil(?:es)?|exigentes?|quejicas?|insoportables?|imposibles?|un problema|problemátic[oa]s?',
      ),
      instead: 'demand',
    },
  ],
}
