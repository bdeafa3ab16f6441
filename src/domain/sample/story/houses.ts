/**
 * The cafés and houses of the story: those whose people write in it, and quieter ones. `days`: when one of us was last there
 * or called; `every`: how often that is meant to be.
 */
import type { Colleague, Customer } from './cast.ts'

type Kept = { keeper: Colleague; every: number } | { keeper: null }
type House = { name: string; about: string } & Kept
export type Known = House & { people: readonly Customer[] }
export type Quiet = House & { person: { name: string; address: string }; days: number; kind: 'call' | 'visit' }

const by = (keeper: Colleague, every = 30): Kept => ({ keeper, every })
const nobody: Kept = { keeper: null }

/** In touch when their people were. */
export const known: readonly Known[] = [
  { name: 'Café Saudade', about: 'Rotterdam, a customer since March 2019', people: ['ines', 'rui'], ...by('ana') },
  { name: 'Pasticceria Volpe', about: 'Ghent', people: ['giulia'], ...by('ana') },
  { name: 'Al-Noor Bakery', about: 'Rotterdam', people: ['yusuf'], ...by('ana') },
  { name: 'Dalgona House', about: 'The Hague', people: ['jiwoo'], ...by('ana', 14) },
  { name: 'Our warehouse', about: 'Schiedam', people: ['samuel'], ...by('ana') },
  { name: 'Café Đông', about: 'Utrecht', people: ['hanh'], ...by('ana', 60) },
  { name: 'De Koffiemolen', about: 'Delft', people: ['joost'], ...by('ana') },
  { name: 'Kaffebaren Nord', about: 'Bergen', people: ['sigrid'], ...by('ana') },
  { name: 'Thé & Zinc', about: 'Lille', people: ['amelie'], ...by('ana', 14) },
  { name: 'Roast & Rye', about: 'Antwerp', people: ['oluwaseun'], ...by('ana', 45) },
  { name: 'Kavárna Slunce', about: 'Brno', people: ['jiri'], ...by('ana') },
  { name: 'Hofkaffee', about: 'Aachen', people: ['katharina'], ...by('ana') },
  { name: 'Tinto', about: 'Amsterdam', people: ['camila'], ...by('bram', 14) },
  { name: 'Bar Centrale', about: 'Maastricht', people: ['matteo'], ...by('bram') },
  { name: 'Kahvila Lumi', about: 'Turku', people: ['aino'], ...by('hiroshi') },
  { name: 'Kissa Mori', about: 'Düsseldorf', people: ['kaito'], ...by('hiroshi') },
  { name: 'Ouzeri Nefeli', about: 'Liège', people: ['eleni'], ...by('hiroshi', 14) },
  { name: 'Stadsarchief', about: 'Rotterdam', people: ['dalia'], ...by('bram') },
]

const quiet = (
  name: string,
  about: string,
  person: string,
  days: number,
  kept: Kept,
  kind: Quiet['kind'] = 'visit',
): Quiet => {
  const place = name
    .normalize('NFKD')
    .replace(/[^A-Za-z0-9 ]/g, '')
    .trim()
    .replace(/\s+/g, '-')
    .toLowerCase()
  const first = person
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .split(' ')[0]!
    .toLowerCase()
  return { name, about, person: { name: person, address: `${first}@${place}.example` }, days, kind, ...kept }
}

/** Nobody of them writes in the story. */
export const quieter: readonly Quiet[] = [
  quiet('Kopitiam Lim', 'Eindhoven', 'Lim Wei Ling', 12, by('tomasz')),
  quiet('Mocha Makers', 'Rotterdam', 'Fatima al-Hakim', 14, by('bram')),
  quiet('Zaczyn', 'Wrocław', 'Ola Nowak', 18, by('tomasz', 45)),
  quiet('Bakkerij Smit', 'Gouda', 'Marieke Smit', 19, nobody, 'call'),
  quiet('Café Ararat', 'Utrecht', 'Ani Sargsyan', 21, by('ngozi')),
  quiet('Fika & Co', 'Malmö', 'Elsa Lind', 24, by('ngozi', 45), 'call'),
  quiet('Pão Nosso', 'Antwerp', 'Tiago Rocha', 26, by('ana')),
  quiet('Het Kantoor', 'Leiden', 'Daan Visser', 28, nobody),
  quiet('Lagos Social', 'Amsterdam', 'Tunde Bakare', 29, by('ngozi'), 'call'),
  quiet('Brød & Smør', 'Aarhus', 'Freja Holst', 44, by('hiroshi', 60)),
  quiet('Sinbad', 'Brussels', 'Layla Nasser', 48, by('ana', 60)),
  quiet('Bistro Azur', 'Nice', 'Luc Martin', 53, nobody),
  quiet('Mezcalito', 'Cologne', 'Ximena Torres', 58, by('bram', 60)),
  quiet('Kavana Dva', 'Zagreb', 'Iva Horvat', 62, nobody, 'call'),
  quiet('Toko Melati', 'The Hague', 'Sari Wijaya', 69, by('tomasz', 60)),
  quiet('Huset', 'Oslo', 'Nils Berg', 75, by('ngozi', 90)),
  quiet('Zum Anker', 'Hamburg', 'Antje Petersen', 97, by('tomasz'), 'call'),
  quiet('Villa Rosa', 'Turin', 'Rosa Ferrero', 112, by('ana')),
  quiet('Baraka', 'Marseille', 'Omar Benali', 126, by('ana')),
  quiet('Noordzij', 'Vlissingen', 'Pieter Noordzij', 141, by('tomasz')),
]
