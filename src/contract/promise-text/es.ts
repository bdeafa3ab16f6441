/** How promises are said in Spanish: the future of the first person, "voy a", and the present with "le" or "se lo". */
import { oneOf, type Speech, word } from './speech.ts'

const present = oneOf([
  'llamo|mando|envío|envio|escribo|respondo|contesto|digo|cuento|confirmo|informo|aviso|paso|miro|reviso|preparo|hablo|consulto|pongo|doy|devuelvo|reembolso',
  'busco|pregunto|pido|organizo|reservo|corrijo|arreglo|reparo|cambio|hago|traigo|llevo|entrego|transmito|traslado|remito|adelanto|facilito|explico|comunico|compruebo|verifico|averiguo|gestiono|tramito|ingreso|abono|anulo|cancelo|publico|ocupo|encargo|aseguro|comprometo|recojo|termino|visito',
  'llamamos|mandamos|enviamos|escribimos|respondemos|contestamos|decimos|contamos|confirmamos|informamos|avisamos|pasamos|miramos|revisamos|preparamos|hablamos|consultamos|ponemos|damos|devolvemos|reembolsamos|entregamos|reparamos|cambiamos|hacemos|comprobamos|ocupamos|encargamos|resolvemos|recogemos|visitamos|abonamos',
])
const objects = '(?:(?:se )?(?:lo|la|los|las|le|les|te|os|me|nos) ){0,2}'

export const es: Speech = {
  commits: [
    {
      says: word(
        '(?!estaré|estaremos|seré|seremos|necesitaré|necesitaremos|querré|querremos|sabré|habré|podré|podremos|tendré que|tendremos que|echaré de menos|esperaré|esperaremos|recordaré|agradeceré|agradeceremos|quedaré|supondré|deberé)\\p{L}+(?:aré|eré|iré|dré|bré|rré|aremos|eremos|iremos|dremos)',
      ),
    },
    {
      says: word(
        '(?:voy|vamos) a (?!estar|ser|necesitar|tener que|echar de menos|esperar)(?:\\p{L}+(?:ar|er|ir|arlo|arla|arle|arles|arte|erlo|erle|irlo|irle|arlos|arlas|ármelo|árselo|érselo|írselo|írselas|árselas|arnos|erte|irte))',
      ),
    },
    { says: word(`(?:se (?:lo|la|los|las)|le|les|te|os|lo|la|los|las|me|nos) (?:${present})`) },
    { says: word(`${objects}(?:${present})`), timed: true },
    { says: word('(?:quedo|quedamos) en \\p{L}+(?:ar|er|ir)\\p{L}{0,4}') },
    { says: word('(?:se |te |os )?(?:lo )?(?:prometo|prometemos|garantizo|garantizamos|aseguro que)') },
    {
      says: word('(?:puedo|podemos) (?:\\p{L}+(?:ar|er|ir)(?:le|les|te|os|lo|la|los|las|selo|sela|selos|selas)?)'),
      timed: true,
    },
    {
      says: word(
        '(?:tendrá|tendrás|tendréis|tendrán|recibirá|recibirás|recibirán|tiene|tienes)(?!\\p{L}).*?(?:de mi parte|de nuestra parte|mía|mías|mío|nuestra|nuestras|noticias (?:mías|nuestras)|mi respuesta)',
      ),
    },
    {
      says: word(
        'nuestr[oa]s? \\p{L}+(?: \\p{L}+)? (?:le|les|te|os|se) \\p{L}+rán?|nuestr[oa]s? \\p{L}+(?: \\p{L}+)? \\p{L}+(?:ará|erá|irá)n?',
      ),
      timed: true,
    },
    {
      says: /^(?:vale|de acuerdo|ok|sí|si|gracias|claro|perfecto)?[,.: -]*(?:ahora mismo|enseguida) (?:\p{L}+ ){0,2}(?:miro|mando|envío|llamo|reviso)/u,
    },
  ],
  denies: word('no|nunca|jamás|tampoco|quizás|quizá|tal vez|gustaría|querría|podría|ni'),
  depends: word(
    '(?<!saber |ver |comprobar |mirar |consultar )si|en cuanto|cuando|siempre que|una vez que|ojalá|espero que|esperamos que|creo que|creemos que|supongo|suponemos|me gustaría|quisiera|usted dijo|dijo que|dijiste|hasta que usted',
  ),
  times: {
    days: [
      [word('pasado mañana'), 2],
      [word('mañana(?: mismo)?(?: por la (?:mañana|tarde|noche)| a primera hora| al mediodía)?'), 1],
      [
        word(
          'hoy(?: mismo)?|esta (?:mañana|tarde|noche)|a lo largo del día|antes de que acabe el día|al final del día',
        ),
        0,
      ],
    ],
    weekdays: ['lunes', 'martes', 'miércoles|miercoles', 'jueves', 'viernes', 'sábado|sabado', 'domingo'],
    months: [
      'enero|ene',
      'febrero|feb',
      'marzo|mar',
      'abril|abr',
      'mayo',
      'junio|jun',
      'julio|jul',
      'agosto|ago',
      'septiembre|setiembre|sept|sep',
      'octubre|oct',
      'noviembre|nov',
      'diciembre|dic',
    ],
    ofNextWeek: /de la (?:semana que viene|próxima semana|semana próxima)/u,
    nextWeek: word('(?:a (?:lo largo|finales) de )?la (?:semana que viene|próxima semana|semana próxima)'),
    endOfWeek: word(
      '(?:esta semana|(?:el )?(?:fin|final|finales) de (?:la |esta )?semana|antes de que (?:acabe|termine) la semana)',
    ),
    endOfMonth: word(
      '(?:este mes|(?:el )?(?:fin|final|finales) de (?:mes|este mes)|antes de que (?:acabe|termine) el mes)',
    ),
    within: word(
      '(?:en|dentro de|en menos de|en el plazo de|en unas|en unos) (?:menos de |unos |unas )?(?:(?<n>\\d{1,3}|un|una|uno|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|doce|un par de|pocos|pocas|media) )?(?<u>minutos?|horas?|días?|dias?|semanas?|mes|meses)(?: hábiles| laborables)?',
    ),
    units: {
      minuto: 'minute',
      minutos: 'minute',
      hora: 'hour',
      horas: 'hour',
      día: 'day',
      días: 'day',
      dia: 'day',
      dias: 'day',
      semana: 'week',
      semanas: 'week',
      mes: 'month',
      meses: 'month',
    },
    numbers: {
      un: 1,
      una: 1,
      uno: 1,
      dos: 2,
      'un par de': 2,
      tres: 3,
      pocos: 3,
      pocas: 3,
      cuatro: 4,
      cinco: 5,
      seis: 6,
      siete: 7,
      ocho: 8,
      nueve: 9,
      diez: 10,
      doce: 12,
      media: 0.5,
    },
    date: word(
      '(?<d>\\d{1,2}) de (?<m>enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre)(?: de (?<y>\\d{4}))?',
    ),
    clock:
      /(?:a|de|antes de|desde|hasta|sobre) las? (?<h>\d{1,2})(?:[:.h](?<min>\d{2}))?(?: ?(?<half>[ap])\.? ?m\b\.?)?|(?<!\d)(?<h>\d{1,2})[:h](?<min>\d{2})(?!\d)/u,
    parts: [
      [word('mediodía'), 12],
      [word('por la mañana|esta mañana|a primera hora'), 12],
      [word('por la tarde|esta tarde'), 19],
      [word('por la noche|esta noche'), 21],
    ],
    dayFirst: true,
  },
}
