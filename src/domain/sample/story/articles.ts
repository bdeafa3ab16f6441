/** What Lindqvist Espresso wrote down for everybody: machines, water, invoices. One page is for ourselves, and one waits for a look. */
import type { KnowledgeStep } from './outside.ts'
import { day, hour } from './step.ts'

const descaling = (
  lamp: string,
) => `<p>Descale when the lamp says so, in the evening, when nobody waits for a coffee. It takes forty minutes, of which you work ten.</p>
<div data-aside="warning"><p>Never use vinegar. It eats the seals, and the first coffee of the morning tells everybody.</p></div>
<h2>What you do</h2>
<ol data-steps><li><p>Empty the drip tray and put a bowl of two litres under the groups.</p></li><li><p>Dissolve one sachet in a litre of warm water and pour it into the tank.</p></li><li><p>Press <kbd>Clean</kbd> until it blinks, and let the machine work for half an hour.</p></li><li><p>Fill the tank with fresh water and let all of it run through. Twice.</p></li></ol>
<h2>When the lamp stays on</h2>
<p>${lamp}</p>`

export const articles: KnowledgeStep[] = [
  {
    at: -92 * day,
    about: 'machines',
    does: 'article-category',
    en: 'Machines and grinders',
    de: 'Maschinen und Mühlen',
    position: 0,
  },
  { at: -92 * day + 1, about: 'water', does: 'article-category', en: 'Water', de: 'Wasser', position: 1 },
  {
    at: -92 * day + 2,
    about: 'invoices',
    does: 'article-category',
    en: 'Orders and invoices',
    de: 'Bestellungen und Rechnungen',
    position: 2,
  },
  {
    at: -90 * day,
    about: 'descaling',
    does: 'article',
    in: 'water',
    by: 'ana',
    title: 'Descale your machine',
    summary: 'Forty minutes in the evening, and what never belongs in the tank.',
    body: descaling('Then the rinse was too short. Run one more tank of fresh water through.'),
  },
  {
    at: -80 * day,
    about: 'hardness',
    does: 'article',
    in: 'water',
    by: 'hiroshi',
    title: 'How hard is your water?',
    summary: 'One strip of paper says which filter your machine needs, and how often it wants a new one.',
    body: `<p>There is a test strip in the lid of every machine. Hold it into the water for one second, wait for a minute, and count the red squares.</p>
<table><thead><tr><th>Red squares</th><th>Your water</th><th>Filter</th><th>A new one after</th></tr></thead><tbody><tr><td>0 or 1</td><td>Soft</td><td>Taste only</td><td>12 months</td></tr><tr><td>2</td><td>Medium</td><td>Standard</td><td>9 months</td></tr><tr><td>3</td><td>Hard</td><td>Large</td><td>6 months</td></tr><tr><td>4</td><td>Very hard</td><td>Large, and we talk</td><td>4 months</td></tr></tbody></table>
<div data-aside="tip"><p>Measure in the morning and at night. In some streets these are two different waters.</p></div>
<p>Water that is too soft is a matter, too: then coffee can taste of metal. Write to us with both numbers, and we find a filter that gives something back.</p>`,
  },
  {
    at: -70 * day,
    about: 'plate',
    does: 'article',
    in: 'machines',
    by: 'tomasz',
    title: 'Where the plate of your machine is',
    summary: 'One photo of it tells us which part fits.',
    picture: 'plate.png',
    body: `<p>Every machine has a plate with its name, its year and its number. With a photo of it we name the right part at once; without it we guess.</p>
<ol data-steps><li><p>Pull the drip tray towards you until it comes out.</p></li><li><p>Look at the back wall, a little to the left. Wipe it: there is always coffee on it.</p></li><li><p>Take a photo from close by, without the flash.</p></li></ol>
<p>{picture}</p>
<p>On grinders the number is under the hopper. Empty the hopper first, please; it is heavier than one thinks.</p>`,
  },
  {
    at: -60 * day,
    about: 'two-invoices',
    does: 'article',
    in: 'invoices',
    by: 'bram',
    title: 'A reminder came, and you have paid',
    summary: 'Most of the time the two crossed on the way. What to send us when they did not.',
    body: `<p>Reminders are written in the night. Whoever paid on the day before may get one all the same: then nothing is owed, and you can put it away.</p>
<h2>When the number is another one</h2>
<p>Parts and visits have invoices of their own, so two in one month are nothing odd. Compare the first four digits: <b>26-1…</b> are parts, <b>26-2…</b> are visits.</p>
<p>If the same thing stands on both, write to us with both numbers. We look on the same day, and nobody charges you for a reminder that was our mistake.</p>`,
  },
  {
    at: -34 * day,
    about: 'burrs',
    does: 'article',
    in: 'machines',
    by: 'tomasz',
    title: 'How to tell that burrs are worn',
    summary: 'Three signs that everybody can see, and the kilos after which we would look.',
    body: `<p>Burrs get dull so slowly that nobody notices. These three signs are easy to see:</p>
<ul><li><p>You grind finer and finer, and it still runs too fast.</p></li><li><p>The coffee tastes dusty, and there is mud at the bottom of the cup.</p></li><li><p>Rubbed between two fingers, the grounds are flour and gravel at once.</p></li></ul>
<h2>After how many kilos?</h2>
<table><thead><tr><th>Burrs</th><th>We would look after</th></tr></thead><tbody><tr><td>64 mm, steel</td><td>400 kg</td></tr><tr><td>75 mm, steel</td><td>600 kg</td></tr><tr><td>83 mm, coated</td><td>1500 kg</td></tr></tbody></table>
<p>New burrs taste sharp for the first two kilos. Grind those for the house, and set the grinder anew after them.</p>`,
  },
  {
    at: -30 * day,
    about: 'sieve',
    does: 'article',
    in: 'machines',
    by: 'hiroshi',
    title: 'The pressure drops when both groups run',
    summary: 'Nearly always it is the small sieve where the water comes in. Ten minutes, and one spanner.',
    body: `<p>One group alone has nine bar, and with both the second one falls to six: then too little water comes in. Start with the sieve.</p>
<ol data-steps><li><p>Switch the machine off and turn off the tap behind it.</p></li><li><p>Put a cloth under the brass nut of the hose, and unscrew it.</p></li><li><p>Take the sieve out with a tooth pick. Rinse it until you see light through it.</p></li><li><p>Put everything back, open the tap, and look for drops.</p></li></ol>
<div data-aside="note"><p>Was it full of lime? Then rinse it every month, and measure your water once.</p></div>
<p>If the pressure still drops, the pump wants to be looked at. Tell us, and we come by.</p>`,
  },
  {
    at: -28 * day,
    about: 'descaling',
    does: 'article-words',
    language: 'de',
    by: 'ana',
    title: 'Die Maschine entkalken',
    summary: 'Vierzig Minuten am Abend, und was niemals in den Tank gehört.',
    body: `<p>Entkalken Sie, wenn die Lampe es sagt: am Abend, wenn niemand auf einen Kaffee wartet. Es dauert vierzig Minuten, von denen Sie zehn arbeiten.</p>
<div data-aside="warning"><p>Nehmen Sie niemals Essig. Er frisst die Dichtungen, und der erste Kaffee am Morgen verrät es allen.</p></div>
<h2>So geht es</h2>
<ol data-steps><li><p>Leeren Sie die Tropfschale und stellen Sie eine Schüssel für zwei Liter unter die Brühgruppen.</p></li><li><p>Lösen Sie einen Beutel in einem Liter warmem Wasser auf und gießen Sie ihn in den Tank.</p></li><li><p>Drücken Sie <kbd>Clean</kbd>, bis es blinkt, und lassen Sie die Maschine eine halbe Stunde arbeiten.</p></li><li><p>Füllen Sie den Tank mit frischem Wasser und lassen Sie alles durchlaufen. Zweimal.</p></li></ol>
<h2>Wenn die Lampe anbleibt</h2>
<p>Dann war das Spülen zu kurz. Halten Sie beide Tasten fünf Sekunden lang gedrückt: dann glaubt sie Ihnen.</p>`,
  },
  {
    at: -20 * day,
    about: 'loans',
    does: 'article',
    in: 'machines',
    by: 'bram',
    audience: 'inside',
    title: 'What goes along with a loan machine',
    summary: 'For us: the box, the list, and whom to ring before Friday.',
    body: `<p>A loan goes out with its handles, two baskets each, the hose with the half-inch nut, and a sachet for descaling. The box stays here.</p>
<ul><li><p>Note the number of the plate in the conversation before it leaves.</p></li><li><p>Say a day on which it comes back, and write it down as a promise of theirs.</p></li><li><p>Tomasz knows which ones are free. On Fridays ask him before ten.</p></li></ul>`,
  },
  {
    at: -7 * day - 40,
    about: 'descaling',
    does: 'article-words',
    language: 'en',
    by: 'ana',
    title: 'Descale your machine',
    summary: 'Forty minutes in the evening, and what never belongs in the tank.',
    body: descaling(
      'No need to do it all again: hold both buttons for five seconds after the rinse, then it believes you.',
    ),
  },
  {
    at: -2 * hour - 30,
    about: 'filters',
    does: 'article',
    in: 'water',
    by: 'hiroshi',
    asks: 'ana',
    title: 'Which water filter fits which machine',
    summary: 'By the name on the plate, for when nobody can read the old label any more.',
    body: `<p>The label of a filter fades long before the filter is done. The name on the plate of your machine says which one fits.</p>
<table><thead><tr><th>Machine</th><th>Filter</th><th>Head</th></tr></thead><tbody><tr><td>Faro 2</td><td>Standard</td><td>3/8</td></tr><tr><td>Faro 3</td><td>Large</td><td>3/8</td></tr><tr><td>Faro before 2019</td><td>Large</td><td>1/2</td></tr></tbody></table>
<p>Write the day on the new one with a pencil. Pencil does not fade.</p>`,
  },
]
