/** Sentences for trying the hints on: what each is to notice, and what only looks like it. By kind and language. */
import type { HintKind } from './index.ts'
import type { Instead } from './tongue.ts'

type Sentences = Partial<Record<HintKind, Record<string, readonly string[]>>>

export const hits: Sentences = {
  runaround: {
    en: [
      'You will have to ask the billing department about that.',
      'For this you need to call the manufacturer directly.',
      'Please contact our warehouse, they know more.',
      'You must get in touch with your bank first.',
    ],
    de: [
      'Da müssen Sie die Buchhaltung fragen.',
      'Bitte wenden Sie sich an die Werkstatt in Köln.',
      'Sie müssten beim Hersteller anrufen.',
    ],
    es: [
      'Tendrá que llamar a la oficina central.',
      'Debe contactar con el fabricante.',
      'Por favor, diríjase al departamento de facturación.',
    ],
    fr: [
      'Vous devez appeler le service comptable.',
      'Il faudra contacter le fabricant.',
      'Veuillez vous adresser à notre atelier.',
    ],
    ar: ['عليك الاتصال بقسم الحسابات.', 'يجب عليكم مراجعة الشركة المصنعة.', 'يرجى التواصل مع المستودع.'],
  },
  blame: {
    en: [
      'You failed to send the form.',
      'As I already said, it ships today.',
      'You should have checked the filter.',
      "You didn't read the instructions.",
      'That was your own mistake.',
    ],
    de: [
      'Sie haben vergessen, das Formular zu senden.',
      'Wie ich bereits sagte, kommt es heute.',
      'Sie hätten den Filter prüfen müssen.',
      'Das ist Ihre eigene Schuld.',
    ],
    es: [
      'Usted olvidó enviar el formulario.',
      'Como ya le dije, llega hoy.',
      'Debería haber revisado el filtro.',
      'Es su propia culpa.',
    ],
    fr: [
      'Vous avez oublié d’envoyer le formulaire.',
      'Comme je vous l’ai déjà dit, il arrive aujourd’hui.',
      'Vous auriez dû vérifier le filtre.',
      'C’est votre faute.',
    ],
    ar: ['لقد نسيت إرسال النموذج.', 'كما قلت لك سابقا، سيصل اليوم.', 'كان عليك فحص الفلتر.', 'هذا خطؤك.'],
  },
  jargon: {
    en: ['I have escalated this to tier 2.', 'As per the contract it is covered.', 'We will circle back on the RMA.'],
    de: ['Ich habe das an den Second Level eskaliert.', 'Diesbezüglich ist alles gesagt.'],
    es: ['Hemos escalado el caso.', 'Por medio de la presente le informo de la entrega.'],
    fr: ['Je l’ai escaladé hier.', 'Par la présente, je confirme la livraison.'],
    ar: ['تم تصعيد الطلب أمس.', 'وفقا لسياستنا لا توجد رسوم.'],
  },
  'bad-news': {
    en: ['Unfortunately the part is late.', 'The part is sold out.', 'Your request was declined.'],
    de: ['Leider kommt das Teil später.', 'Das Teil ist ausverkauft.'],
    es: ['Lamentablemente la pieza llega tarde.', 'La pieza está agotada.'],
    fr: ['Malheureusement la pièce arrive plus tard.', 'La pièce est en rupture.'],
    ar: ['للأسف ستصل القطعة متأخرة.', 'القطعة غير متوفرة.'],
  },
  'no-alternative': {
    en: ["We can't take it back.", 'That is not possible.', 'This model is no longer sold.'],
    de: ['Wir können das Gerät nicht zurücknehmen.', 'Das ist nicht möglich.'],
    es: ['No podemos aceptar la devolución.', 'Eso no es posible.'],
    fr: ['Nous ne pouvons pas reprendre la machine.', 'Ce n’est pas possible.'],
    ar: ['لا نستطيع استرجاع الجهاز.', 'هذا غير ممكن.'],
  },
  'long-sentence': {
    en: [
      'When the water that comes from the pipe behind the bar has been running for at least two minutes and the small light on the left of the machine is on and stays on you can turn the wheel until you hear a click.',
    ],
    de: [
      'Wenn das Wasser, das aus dem Rohr hinter der Theke kommt, mindestens zwei Minuten gelaufen ist und die kleine Lampe links an der Maschine leuchtet und auch an bleibt, drehen Sie das Rad, bis es hörbar klickt.',
    ],
    es: [
      'Cuando el agua que sale del tubo que está detrás de la barra lleve al menos dos minutos corriendo y la luz pequeña que está a la izquierda de la máquina se encienda y se quede encendida, gire usted la rueda hasta que oiga un clic.',
    ],
    fr: [
      'Quand l’eau qui vient du tuyau derrière le bar coule depuis au moins deux minutes et que la petite lampe à gauche de la machine est allumée et le reste, tournez la roue jusqu’à ce que vous entendiez un petit clic bien net.',
    ],
  },
  'promise-without-time': {
    en: ['I will send you the invoice.'],
    de: ['Ich schicke Ihnen die Rechnung zu und ich werde mich bei Ihnen melden.'],
  },
}

export const misses: Sentences = {
  runaround: {
    en: [
      'You can call us any time.',
      "You don't have to call anyone.",
      'Please call me when it trips again.',
      'I will ask the billing department for you.',
      'Please contact us if it stays.',
    ],
    de: [
      'Sie können uns jederzeit anrufen.',
      'Sie müssen niemanden anrufen.',
      'Ich frage die Buchhaltung für Sie.',
      'Bitte wenden Sie sich jederzeit an mich.',
    ],
    es: ['Puede llamarnos cuando quiera.', 'No tiene que llamar a nadie.', 'Yo llamo al fabricante por usted.'],
    fr: [
      'Vous pouvez nous appeler à tout moment.',
      'Vous n’avez pas besoin d’appeler le service.',
      'J’appelle le fabricant pour vous.',
    ],
    ar: ['يمكنك الاتصال بنا في أي وقت.', 'سأتصل بالشركة المصنعة من أجلك.', 'ليس عليك الاتصال بأحد.'],
  },
  blame: {
    en: [
      'We failed to send the form.',
      'You should have received it on Monday.',
      'I should have checked the filter.',
      'As I said, it ships today.',
    ],
    de: ['Wir haben vergessen, das Formular zu senden.', 'Sie hätten gern einen Filter.', 'Das war unser Fehler.'],
    es: ['Olvidamos enviar el formulario.', 'Debería haber recibido la pieza.', 'Fue culpa nuestra.'],
    fr: ['Nous avons oublié le formulaire.', 'Vous auriez dû recevoir la pièce.', 'C’est notre faute.'],
    ar: ['نسينا إرسال النموذج.', 'كان علينا فحص الفلتر.', 'هذا خطؤنا نحن.'],
  },
  jargon: {
    en: ['I asked Tomasz, who knows these machines.', 'The slab behind it is dry.'],
    de: ['Ich habe Tomasz gefragt, der sie kennt.'],
    es: ['Le he preguntado a Tomasz, que las conoce.'],
    fr: ['J’ai demandé à Tomasz, qui les connaît.'],
    ar: ['سألت توماس الذي يعرف هذه الآلات.'],
  },
  'bad-news': {
    en: ['I am sorry: unfortunately the part is late.', 'Good news: the part is here.'],
    de: ['Es tut mir leid, leider kommt das Teil später.', 'Das Teil ist da.'],
    es: ['Lo siento, lamentablemente la pieza llega tarde.', 'La pieza ya está aquí.'],
    fr: ['Je suis désolée, malheureusement la pièce arrive plus tard.', 'La pièce est là.'],
    ar: ['أعتذر منك، للأسف ستصل القطعة متأخرة.', 'وصلت القطعة.'],
  },
  'no-alternative': {
    en: [
      "We can't take it back, but we can lend you one.",
      "I can't wait to see it run.",
      'That is not possible because the law forbids it.',
    ],
    de: [
      'Wir können das Gerät nicht zurücknehmen, aber wir können es reparieren.',
      'Das ist nicht möglich, weil es das Teil nicht mehr gibt.',
    ],
    es: [
      'No podemos aceptar la devolución, pero podemos repararla.',
      'Eso no es posible porque ya no existe la pieza.',
    ],
    fr: [
      'Nous ne pouvons pas la reprendre, mais nous pouvons la réparer.',
      'Ce n’est pas possible parce que la pièce manque.',
    ],
    ar: ['لا نستطيع استرجاع الجهاز، لكن يمكننا إصلاحه.', 'هذا غير ممكن لأن القطعة لم تعد تصنع.'],
  },
  'long-sentence': {
    en: ['Turn the wheel. It clicks. Then let the water run for two minutes, and call me if the light goes out.'],
    de: ['Drehen Sie das Rad. Es klickt. Lassen Sie dann das Wasser zwei Minuten laufen.'],
    es: ['Gire la rueda. Hace clic. Deje correr el agua dos minutos.'],
    fr: ['Tournez la roue. Elle fait clic. Laissez couler deux minutes.'],
    ar: ['أدر العجلة. ستسمع صوتا. ثم دع الماء يجري دقيقتين.'],
  },
  'promise-without-time': {
    en: ['I will send you the invoice by Friday.', 'I think it will work.', 'Will you send the invoice?'],
    de: ['Ich schicke Ihnen die Rechnung bis Freitag.'],
  },
}

export const questions: { language: string; theirs: string; reply: string; left: string[] }[] = [
  {
    language: 'en',
    theirs: 'Here is the plate. If it can’t be fixed by Saturday, is there a machine we could borrow?',
    reply: 'Thank you for the photo. Tomasz has the part and comes on Thursday, so it is fixed before Saturday.',
    left: ['is there a machine we could borrow?'],
  },
  {
    language: 'en',
    theirs: 'Here is the plate. If it can’t be fixed by Saturday, is there a machine we could borrow?',
    reply: 'Thank you for the photo. You can borrow the Faro 2 from Friday on, Tomasz brings it.',
    left: [],
  },
  {
    language: 'en',
    theirs: 'The machine trips the fuse. Is it safe to use? And what does a visit cost?',
    reply: 'Yes, you can use it today, the fuse does its work before anything happens.',
    left: ['And what does a visit cost?'],
  },
  {
    language: 'en',
    theirs: 'How are you? Could you help me?',
    reply: 'The part is on its way and arrives on Thursday.',
    left: [],
  },
  { language: 'en', theirs: 'Where is my parcel?', reply: 'Hello Ana,', left: [] },
  {
    language: 'de',
    theirs: 'Die Mühle wird heiß. Darf ich sie weiter benutzen? Und was kostet die Reparatur?',
    reply: 'Guten Tag, die Reparatur kostet 120 Euro und dauert einen halben Tag.',
    left: ['Darf ich sie weiter benutzen?'],
  },
  {
    language: 'de',
    theirs: 'Können Sie am Samstag kommen?',
    reply: 'Ja, am Samstag um neun Uhr ist Tomasz bei Ihnen im Laden.',
    left: [],
  },
  {
    language: 'es',
    theirs: '¿Cuánto cuesta la reparación? ¿Y cuándo llega la pieza?',
    reply: 'Buenos días, la reparación cuesta 120 euros con el impuesto incluido.',
    left: ['¿Y cuándo llega la pieza?'],
  },
  {
    language: 'es',
    theirs: '¿Cuándo llega la pieza?',
    reply: 'La pieza llega el jueves por la mañana, sin falta.',
    left: [],
  },
  {
    language: 'fr',
    theirs: 'Combien coûte la réparation ? Et puis-je garder la machine de prêt ?',
    reply: 'Bonjour, la réparation coûte 120 euros, taxes comprises, pièces et main d’œuvre.',
    left: ['Et puis-je garder la machine de prêt ?'],
  },
  {
    language: 'fr',
    theirs: 'Quand arrive la pièce ?',
    reply: 'La pièce arrive jeudi matin chez vous, avec Tomasz.',
    left: [],
  },
  {
    language: 'ar',
    theirs: 'كم تكلفة الإصلاح؟ ومتى تصل القطعة؟',
    reply: 'مرحبا، تكلفة الإصلاح مئة وعشرون يورو مع الضريبة كاملة.',
    left: ['ومتى تصل القطعة؟'],
  },
  { language: 'ar', theirs: 'متى تصل القطعة؟', reply: 'تصل القطعة صباح يوم الخميس إن شاء الله مع توماس.', left: [] },
]

export const labels: { language: string; text: string; instead: Instead[] }[] = [
  { language: 'en', text: 'This customer is crazy, wrote three times today.', instead: ['mood'] },
  { language: 'en', text: 'He is just lazy and really annoying.', instead: ['effort'] },
  { language: 'en', text: 'Such a difficult customer!', instead: ['demand'] },
  { language: 'en', text: 'They are lying about the date.', instead: ['honesty'] },
  { language: 'en', text: 'It is crazy busy on Saturdays, and images are lazy loading.', instead: [] },
  { language: 'en', text: 'The repair is difficult: the screw is stuck.', instead: [] },
  { language: 'en', text: 'The price of nuts went up. She asked twice.', instead: [] },
  { language: 'de', text: 'Der Kunde ist echt nervig.', instead: ['demand'] },
  { language: 'de', text: 'Sie ist einfach dumm.', instead: ['sense'] },
  { language: 'de', text: 'Die Schraube sitzt schwierig, der Preis ist verrückt niedrig.', instead: [] },
  { language: 'es', text: 'La clienta es muy pesada.', instead: ['demand'] },
  { language: 'es', text: 'La caja pesada está en la tienda y la pieza llega mañana.', instead: [] },
  { language: 'fr', text: 'Le client est vraiment pénible.', instead: ['demand'] },
  { language: 'fr', text: 'La dame a appelé deux fois pour la pièce.', instead: [] },
  { language: 'ar', text: 'العميل مزعج جدا ويتصل كل يوم.', instead: ['demand'] },
  { language: 'ar', text: 'العميل اتصل مرتين اليوم بخصوص القطعة.', instead: [] },
]
