/**
 * Who lives in the sample: Lindqvist Espresso, which supplies cafés with machines, and the people it serves. All names and
 * addresses are invented; every domain ends in .example, which nobody can ever own (RFC 2606).
 */
export const organisation = 'Lindqvist Espresso'
export const teamName = 'Workshop'
export const mailboxAddress = 'service@lindqvist.example'
export const mailServer = 'mx.lindqvist.example'

export const colleagues = {
  ana: { name: 'Ana Kovačević', address: 'ana@lindqvist.example', role: 'lead' },
  bram: { name: 'Bram de Wit', address: 'bram@lindqvist.example', role: 'teammate' },
  ngozi: { name: 'Ngozi Okafor', address: 'ngozi@lindqvist.example', role: 'teammate' },
  tomasz: { name: 'Tomasz Wróbel', address: 'tomasz@lindqvist.example', role: 'teammate' },
  hiroshi: { name: 'Hiroshi Tanabe', address: 'hiroshi@lindqvist.example', role: 'teammate' },
} as const

export const customers = {
  ines: { name: 'Inês Carvalho', address: 'ines@cafe-saudade.example' },
  rui: { name: 'Rui Carvalho', address: 'rui@cafe-saudade.example' },
  giulia: { name: 'Giulia Volpe', address: 'giulia@pasticceria-volpe.example' },
  yusuf: { name: 'Yusuf Haddad', address: 'yusuf@alnoor-bakery.example' },
  jiwoo: { name: 'Park Ji-woo', address: 'jiwoo@dalgona-house.example' },
  samuel: { name: 'Samuel Osei', address: 'samuel.osei@warehouse.lindqvist.example' },
  hanh: { name: 'Nguyễn Thị Hạnh', address: 'hanh@cafe-dong.example' },
  joost: { name: 'Joost van der Meer', address: 'joost@de-koffiemolen.example' },
  sigrid: { name: 'Sigrid Haugen', address: 'sigrid@kaffebaren-nord.example' },
  amelie: { name: 'Amélie Fontaine', address: 'amelie@the-et-zinc.example' },
  oluwaseun: { name: 'Oluwaseun Adeyemi', address: 'seun@roast-and-rye.example' },
  jiri: { name: 'Jiří Novotný', address: 'jiri@kavarna-slunce.example' },
  katharina: { name: 'Katharina Brandl', address: 'katharina@hofkaffee.example' },
  mere: { name: 'Mere Tūhoe', address: 'mere@aroha.example' },
  farida: { name: 'Farida Chaudhry', address: 'farida@chai-pe-charcha.example' },
  zeynep: { name: 'Zeynep Aydın', address: 'zeynep@kahve-dukkani.example' },
  matteo: { name: 'Matteo Ricci', address: 'matteo@bar-centrale.example' },
  camila: { name: 'Camila Restrepo', address: 'camila@tinto.example' },
  aino: { name: 'Aino Mäkelä', address: 'aino@kahvila-lumi.example' },
  kaito: { name: 'Kaito Mori', address: 'kaito@kissa-mori.example' },
  adaeze: { name: 'Adaeze Obi', address: 'adaeze@morning-market.example' },
  sofia: { name: 'Sofía Ramírez', address: 'sofia@la-esquina.example' },
  lars: { name: 'Lars Holm', address: 'lars@stationskaffe.example' },
  eleni: { name: 'Eleni Papadaki', address: 'eleni@ouzeri-nefeli.example' },
  wanjiru: { name: 'Wanjiru Kamau', address: 'wanjiru@kahawa-corner.example' },
  dalia: { name: 'Dalia Mizrahi', address: 'dalia@stadsarchief.example' },
} as const

/** Who else writes to the mailbox. */
export const strangers = {
  newsletter: { name: 'Roasters Weekly', address: 'news@roasters-weekly.example' },
  seller: { name: 'Rank You First', address: 'offers@rank-you-first.example' },
  daemon: { name: 'Mail Delivery System', address: 'mailer-daemon@lindqvist.example' },
} as const

export type Colleague = keyof typeof colleagues
export type Customer = keyof typeof customers
export type Stranger = keyof typeof strangers
export type Writer = Customer | Stranger

export function writer(key: Writer): { name: string; address: string } {
  return key in customers ? customers[key as Customer] : strangers[key as Stranger]
}
