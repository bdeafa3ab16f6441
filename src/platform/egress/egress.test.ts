/** The way out: no form of an inside address is reached, a name that changes its answer gains nothing, and answers have bounds. */
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Egress, type EgressProblem, mayConnectTo, openEgress } from './index.ts'

let server: Server
let port = 0
const asked: string[] = []
const open: Egress[] = []
beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(`${request.method} ${request.headers.host} ${request.url}`)
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname === '/to') return response.writeHead(302, { location: searchParams.get('url') ?? '' }).end()
    if (pathname === '/long') return response.end(Buffer.alloc(100_000))
    if (pathname === '/silent') return
    response.setHeader('content-type', 'text/plain').end('Hello')
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
afterAll(async () => {
  await Promise.all(open.map(egress => egress.stop()))
  server.closeAllConnections()
  server.close()
})

const egress = (options: Parameters<typeof openEgress>[0] = {}) => {
  const made = openEgress(options)
  open.push(made)
  return made
}
const faultOf = (asking: Promise<unknown>) =>
  asking.then(
    () => 'answered',
    (error: EgressProblem) => error.fault,
  )
const small = { atMostBytes: 1000 }

const inside = [
  ...[
    '127.0.0.1',
    '127.1',
    '2130706433',
    '0x7f000001',
    '0x7f.1',
    '0177.0.0.1',
    '127.000.000.001',
    '127.0.0.1.',
    '①②⑦.⓪.⓪.①',
  ],
  ...[
    '0.0.0.0',
    '0',
    '10.0.0.1',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '100.100.100.200',
  ],
  ...[
    '192.0.0.192',
    '192.0.2.1',
    '198.18.0.1',
    '198.51.100.1',
    '203.0.113.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '168.63.129.16',
  ],
  ...[
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:0:127.0.0.1]',
    '[::127.0.0.1]',
    '[64:ff9b::7f00:1]',
    '[64:ff9b:1::1]',
  ],
  ...[
    '[2002:7f00:1::]',
    '[2001:0:1::1]',
    '[fc00::1]',
    '[fd00:ec2::254]',
    '[fe80::1]',
    '[fec0::1]',
    '[ff02::1]',
    '[100::1]',
    '[2001:db8::1]',
  ],
  ...['[3fff::1]', '[5f00::1]', '[4000::1]', 'localhost'],
]

test.each(inside)('%s leads inside, and is not reached', async host => {
  const before = asked.length
  expect(await faultOf(egress().ask(`http://${host}:${port}/`, small))).toBe('not-public')
  expect(await egress().mayReach(`http://${host}:${port}/`)).toBe(false)
  expect(asked.length).toBe(before)
})

test('public addresses may be reached, IPv4 and IPv6', () => {
  for (const address of ['1.1.1.1', '193.0.6.139', '::ffff:1.1.1.1', '2606:4700:4700::1111', '2a00:1450::1'])
    expect(mayConnectTo(address), address).toBe(true)
  for (const text of ['', 'example.org', '1.1.1', '1.1.1.1/8', 'fe80::1%eth0'])
    expect(mayConnectTo(text), text).toBe(false)
})

test('an address and the same one written as a mapped IPv6 address are judged alike', () => {
  fc.assert(
    fc.property(fc.ipV4(), address => {
      expect(mayConnectTo(`::ffff:${address}`)).toBe(mayConnectTo(address))
      expect(mayConnectTo(`::${address}`)).toBe(false)
    }),
  )
})

test('only what the operator named inside is reached, and through a name of it as well', async () => {
  const near = egress({ allow: ['127.0.0.1/32'], resolve: async () => [{ address: '127.0.0.1', family: 4 }] })
  const answer = await near.ask(`http://pictures.example:${port}/a`, small)
  expect([answer.status, answer.headers['content-type'], answer.body.toString()]).toEqual([200, 'text/plain', 'Hello'])
  expect(asked.at(-1)).toBe(`GET pictures.example:${port} /a`)
  expect(await faultOf(near.ask(`http://[::1]:${port}/`, small))).toBe('not-public')
})

test('one inside address among those of a name is enough to refuse it', async () => {
  const mixed = egress({
    resolve: async () => [
      { address: '193.0.6.139', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ],
  })
  expect(await faultOf(mixed.ask(`http://mixed.example:${port}/`, small))).toBe('not-public')
})

test('a name that answers otherwise the second time never leads inside', async () => {
  for (const turnsAt of [1, 2]) {
    let times = 0
    const rebinding = egress({
      resolve: async () => {
        times++
        return [{ address: times < turnsAt ? '192.0.2.1' : '127.0.0.1', family: 4 }]
      },
      allow: ['192.0.2.0/24'],
    })
    const before = asked.length
    const fault = await faultOf(rebinding.ask(`http://rebinding.example:${port}/`, { ...small, timeoutMs: 1500 }))
    expect(['not-public', 'too-slow', 'unreachable']).toContain(fault)
    expect(asked.length).toBe(before)
  }
})

test('redirects are an answer unless asked for, and are checked like the first address', async () => {
  const near = egress({ allow: ['127.0.0.1'] })
  const at = (path: string) => `http://127.0.0.1:${port}${path}`
  const to = (url: string) => at(`/to?url=${encodeURIComponent(url)}`)
  expect((await near.ask(to(at('/')), small)).status).toBe(302)
  const followed = await near.ask(to(at('/b')), { ...small, redirects: 1 })
  expect([followed.status, followed.url]).toEqual([200, at('/b')])
  expect(await faultOf(near.ask(to(to(at('/'))), { ...small, redirects: 1 }))).toBe('too-many-redirects')
  expect(await faultOf(near.ask(to(`http://127.0.0.2:${port}/`), { ...small, redirects: 3 }))).toBe('not-public')
  for (const url of ['file:///etc/passwd', 'ftp://127.0.0.1/', 'http://a:b@127.0.0.1/', 'http://'])
    expect(await faultOf(near.ask(to(url), { ...small, redirects: 3 })), url).toBe('bad-address')
})

test('what is no http address is refused, and http where only https will do', async () => {
  const near = egress({ allow: ['127.0.0.1'] })
  for (const url of [
    '',
    'x',
    'file:///etc/passwd',
    'gopher://127.0.0.1/',
    'http://user@127.0.0.1/',
    'javascript:1',
    `http://${'x'.repeat(5000)}`,
  ])
    expect(await faultOf(near.ask(url, small)), url).toBe('bad-address')
  expect(await faultOf(near.ask(`http://127.0.0.1:${port}/`, { ...small, httpsOnly: true }))).toBe('bad-address')
})

test('an answer too large, too slow or none at all is told apart', async () => {
  const near = egress({ allow: ['127.0.0.1'] })
  expect(await faultOf(near.ask(`http://127.0.0.1:${port}/long`, small))).toBe('too-large')
  expect((await near.ask(`http://127.0.0.1:${port}/long`, { atMostBytes: 100_000 })).body.length).toBe(100_000)
  expect(await faultOf(near.ask(`http://127.0.0.1:${port}/silent`, { ...small, timeoutMs: 300 }))).toBe('too-slow')
  expect(await faultOf(near.ask('http://127.0.0.1:9/', small))).toBe('unreachable')
  const nowhere = egress({ resolve: async () => [] })
  expect(await faultOf(nowhere.ask('http://nowhere.example/', small))).toBe('unreachable')
})
