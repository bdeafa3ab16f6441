/** Every form in which somebody could write an address of the inside, as an address, behind a name, behind a redirect: a server there counts who comes, and nobody does. */
import { createServer, type Server } from 'node:http'
import { type AddressInfo, createServer as createPlain, type Server as Plain } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Egress, type EgressProblem, openEgress } from './index.ts'

/** A host that may be reached and sends on to wherever it is told; the inside listens on every address there is. */
let far: Server
let near: Plain
let [farPort, port, came] = [0, 0, 0]
const farHost = '127.0.0.9'
const open: Egress[] = []

beforeAll(async () => {
  near = createPlain(socket => {
    const allowed = socket.localAddress?.endsWith(farHost)
    if (!allowed) came++
    socket.end(`HTTP/1.1 200 OK\r\ncontent-length: 6\r\n\r\n${allowed ? 'Hello!' : 'Secret'}`)
  })
  await new Promise<void>(ready => near.listen(0, '::', ready).once('error', () => near.listen(0, '0.0.0.0', ready)))
  port = (near.address() as AddressInfo).port
  far = createServer((request, response) => {
    const to = new URL(request.url ?? '/', 'http://x').searchParams.get('to')
    // As bytes, because that is what a hostile server sends.
    if (to !== null) response.writeHead(302, { location: Buffer.from(to).toString('latin1') })
    response.end('Hello')
  })
  await new Promise<void>(ready => far.listen(0, farHost, ready))
  farPort = (far.address() as AddressInfo).port
})
afterAll(async () => {
  await Promise.all(open.map(egress => egress.stop()))
  far.closeAllConnections()
  far.close()
  near.close()
})
const egress = (options: Parameters<typeof openEgress>[0] = {}) => {
  const made = openEgress({ resolve: async () => [], ...options })
  open.push(made)
  return made
}
const outcome = (asking: Promise<{ status: number; body: Buffer }>) =>
  asking.then(
    ({ status, body }) => `${status} ${body}`,
    (error: EgressProblem) => error.fault,
  )
/** Not one of them answers, and each says why. */
const refusals = ['not-public', 'bad-address', 'unreachable']
const small = { atMostBytes: 1000, timeoutMs: 4000 }

const mine = Object.values(networkInterfaces()).flatMap(each => each ?? [])
const four = [
  ...['127.0.0.1', '127.1.2.3', '127.255.255.254', '0.0.0.0', '10.0.0.1', '172.16.5.4', '192.168.1.1'],
  ...['169.254.169.254', '100.64.0.1', '192.0.0.192', '198.18.0.1', '224.0.0.1', '255.255.255.255', '168.63.129.16'],
  ...mine
    .filter(each => each.family === 'IPv4' && /^(?:10|127|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./.test(each.address))
    .map(each => each.address),
]
const six = [
  '::1',
  '::',
  'fc00::1',
  'fd00:ec2::254',
  'fe80::1',
  'fec0::1',
  'ff02::1',
  '100::1',
  '2001:db8::1',
  '3fff::1',
  '5f00::1',
  '4000::1',
  '::2',
]

/** One IPv4 address in all the ways that parsers take it. */
function fourWays(address: string): string[] {
  const parts = address.split('.').map(Number) as [number, number, number, number]
  const [a, b, c, d] = parts
  const whole = ((a * 256 + b) * 256 + c) * 256 + d
  const hex = (n: number) => n.toString(16)
  const octal = (n: number) => n.toString(8)
  const digits = (zero: number) => address.replace(/\d/g, each => String.fromCodePoint(zero + Number(each)))
  const pair = (one: number, two: number) => hex(one * 256 + two)
  return [
    address,
    `${address}.`,
    `${whole}`,
    `${whole}.`,
    `0x${hex(whole)}`,
    `0X${hex(whole).toUpperCase()}`,
    `0x00000000${hex(whole)}`,
    `0${octal(whole)}`,
    parts.map(each => `0x${hex(each)}`).join('.'),
    parts.map(each => `0${octal(each)}`).join('.'),
    parts.map(each => `0000${octal(each)}`).join('.'),
    `0x${hex(a)}.${b}.0${octal(c)}.${d}`,
    `${a}.${(b * 256 + c) * 256 + d}`,
    `${a}.0x${hex((b * 256 + c) * 256 + d)}`,
    `0${octal(a)}.${b}.${c * 256 + d}`,
    `${a}.${b}.${c * 256 + d}`,
    [...address].map(each => `%${each.charCodeAt(0).toString(16)}`).join(''),
    address.replaceAll('.', '%2e'),
    address.replaceAll('.', '。'),
    address.replaceAll('.', '．'),
    address.replaceAll('.', '｡'),
    digits(0xff10),
    digits(0x1d7ce),
    digits(0x1d7f6),
    address.replace(/\d/g, each => '⓪①②③④⑤⑥⑦⑧⑨'[Number(each)]!),
    address.replaceAll('.', '\u00ad.'),
    `fine.example@${address}`,
    `1.1.1.1:80@${address}`,
    `1.1.1.1%2f@${address}`,
    `${address}\\@1.1.1.1`,
    `\t${address}`,
    `[::ffff:${address}]`,
    `[::FFFF:${pair(a, b)}:${pair(c, d)}]`,
    `[0:0:0:0:0:ffff:${address}]`,
    `[0000:0000:0000:0000:0000:ffff:${pair(a, b).padStart(4, '0')}:${pair(c, d).padStart(4, '0')}]`,
    `[::${address}]`,
    `[::ffff:0:${address}]`,
    `[64:ff9b::${address}]`,
    `[64:ff9b::${pair(a, b)}:${pair(c, d)}]`,
    `[64:ff9b:1::${address}]`,
    `[2002:${pair(a, b)}:${pair(c, d)}::]`,
    `[2002:${pair(a, b)}:${pair(c, d)}::1]`,
    `[2001:0:${pair(a, b)}:${pair(c, d)}::]`,
    `[2001:0:4136:e378:8000:63bf:${hex((a * 256 + b) ^ 0xffff)}:${hex((c * 256 + d) ^ 0xffff)}]`,
    `[fe80::5efe:${address}]`,
    `[::ffff:${address}%25lo]`,
  ]
}
function sixWays(address: string): string[] {
  const full = new URL(`http://[${address}]`).hostname.slice(1, -1)
  return [
    `[${address}]`,
    `[${address.toUpperCase()}]`,
    `[${full}%25lo]`,
    `[${full}%lo]`,
    `fine.example@[${address}]`,
    `[${address}].`,
    `%5b${address}%5d`,
  ]
}
const names = [
  'localhost',
  'LOCALHOST',
  'localhost.',
  'a.localhost',
  'localhost.localdomain',
  'ip6-localhost',
  'ip6-loopback',
  'ⓛⓞⓒⓐⓛⓗⓞⓢⓣ',
  'loc\u00adalhost',
  'ｌocalhost',
  '%6cocalhost',
  'broadcasthost',
  'metadata.google.internal',
  '127.0.0.1.nip.example',
  '0',
]

const hosts = [...new Set([...four.flatMap(fourWays), ...six.flatMap(sixWays), ...names])]
/** As the system's resolver would: every name of the machine is the machine. */
const asHere = async (name: string) => [
  { address: /ip6/.test(name) ? '::1' : '127.0.0.1', family: /ip6/.test(name) ? 6 : 4 },
]

test('there are more than five hundred forms, and each is refused with a reason', async () => {
  expect(hosts.length).toBeGreaterThan(500)
  const plain = egress({ resolve: asHere })
  const told = await Promise.all(
    hosts.map(async host => [host, await outcome(plain.ask(`http://${host}:${port}/`, small))] as const),
  )
  expect(told.filter(([, fault]) => !refusals.includes(fault))).toEqual([])
  // Most are read, and are refused for where they lead.
  expect(told.filter(([, fault]) => fault === 'not-public').length).toBeGreaterThan(400)
  const may = await Promise.all(hosts.map(host => plain.mayReach(`http://${host}:${port}/`)))
  expect(may).not.toContain(true)
  expect(came).toBe(0)
})

test('a redirect to any of them is not followed inside', async () => {
  const sent = egress({ resolve: asHere, allow: [farHost] })
  const from = (to: string) => `http://${farHost}:${farPort}/?to=${encodeURIComponent(to)}`
  const told = await Promise.all(
    hosts.map(
      async host =>
        [host, await outcome(sent.ask(from(`http://${host}:${port}/`), { ...small, redirects: 3 }))] as const,
    ),
  )
  expect(told.filter(([, fault]) => !refusals.includes(fault))).toEqual([])
  for (const to of [
    `//127.0.0.1:${port}/`,
    `\\\\127.0.0.1:${port}\\`,
    `///127.0.0.1:${port}/`,
    `http:127.0.0.1:${port}`,
    `https://127.0.0.1:${port}/`,
    `ftp://127.0.0.1:${port}/`,
  ])
    expect([...refusals, '200 Hello'], to).toContain(await outcome(sent.ask(from(to), { ...small, redirects: 3 })))
  expect(came).toBe(0)
})

test('a name is refused for whatever its resolver says of the inside, wherever among its answers it stands', async () => {
  const plain = (address: string) => ({ address, family: address.includes(':') ? 6 : 4 })
  const answers = [
    ...[...four, ...six].map(each => [each]),
    ...four.flatMap(each => [
      [`::ffff:${each}`],
      [`::${each}`],
      [`64:ff9b::${each}`],
      ['1.1.1.1', each],
      [each, '1.1.1.1'],
      ['2606:4700::1', `::ffff:${each}`],
    ]),
    ...[
      ['fe80::1%lo'],
      ['FE80::1%1'],
      ['::1%0'],
      ['localhost'],
      ['127.1'],
      ['2130706433'],
      ['0x7f.1'],
      ['017700000001'],
      [''],
      ['127.0.0.1\0'],
      ['[::1]'],
    ],
  ]
  const told = await Promise.all(
    answers.map(
      async each =>
        [
          each,
          await outcome(egress({ resolve: async () => each.map(plain) }).ask(`http://name.example:${port}/`, small)),
        ] as const,
    ),
  )
  expect(told.filter(([, fault]) => fault !== 'not-public')).toEqual([])
  expect(came).toBe(0)
})

test('a name that turns inside between one look and the next is never followed there, not by a redirect, not by a line kept open', async () => {
  for (const turnsAt of [2, 3, 4]) {
    let looks = 0
    const turning = egress({
      allow: [farHost],
      resolve: async () => [{ address: ++looks < turnsAt ? farHost : '127.0.0.1', family: 4 }],
    })
    const asked: string[] = []
    for (const to of ['', `?to=${encodeURIComponent(`http://turning.example:${port}/`)}`, ''])
      asked.push(await outcome(turning.ask(`http://turning.example:${farPort}/${to}`, { ...small, redirects: 2 })))
    expect(asked.filter(each => each.includes('Secret'))).toEqual([])
  }
  expect(came).toBe(0)
})
