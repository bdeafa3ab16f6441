/** The parser process: whatever a mail does to it, every mail gets exactly one outcome. */
import { setTimeout as wait } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { spamAssassin } from '../../../../test/corpora.ts'
import { type Parser, type ParserOptions, startParser } from './parser.ts'

const running: Parser[] = []

function start(options: ParserOptions = {}): Parser {
  const parser = startParser(options)
  running.push(parser)
  return parser
}

afterEach(async () => {
  for (const parser of running.splice(0)) await parser.stop()
})

function mail(number: number): { id: string; raw: Buffer } {
  return {
    id: `m${number}`,
    raw: Buffer.from(
      `From: a${number}@example.net\r\nTo: desk@example.org\r\nSubject: mail ${number}\r\n\r\nwords ${number}`,
    ),
  }
}

test('outcomes come in the order of the mails', async () => {
  const outcomes = await start().readMany(Array.from({ length: 300 }, (_, i) => mail(i)))
  expect(outcomes.map(it => it.reading?.subject)).toEqual(Array.from({ length: 300 }, (_, i) => `mail ${i}`))
})

test('attachments arrive as buffers', async () => {
  const raw = Buffer.from(
    'From: a@b.example\r\nContent-Type: application/pdf; name=x.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\nAAEC/w==',
  )
  const [outcome] = await start().readMany([{ id: 'x', raw }])
  expect(Buffer.isBuffer(outcome!.reading!.attachments[0]!.content)).toBe(true)
  expect([...outcome!.reading!.attachments[0]!.content]).toEqual([0, 1, 2, 255])
})

test('a parser killed at any moment loses and doubles nothing', { timeout: 60_000 }, async () => {
  const parser = start()
  const mails = spamAssassin().slice(0, 2000)
  let kills = 0
  let done = false
  const killing = (async () => {
    while (!done && kills < 12) {
      await wait(30 + Math.random() * 120)
      for (const pid of parser.pids()) {
        try {
          process.kill(pid, 'SIGKILL')
          kills++
        } catch {
          // Already gone: that is the point.
        }
      }
      await wait(250)
    }
  })()
  const outcomes = await parser.readMany(mails)
  done = true
  await killing
  console.log(
    `parser: ${kills} kills, ${outcomes.filter(it => it.reading === null).length} of ${outcomes.length} unread`,
  )
  expect(outcomes.map(it => it.id)).toEqual(mails.map(it => it.id))
  expect(outcomes.filter(it => it.reading === null)).toEqual([])
  expect(kills).toBeGreaterThan(2)
})

describe('a mail that takes too long', () => {
  // With little time allowed, a costly mail stands for one that never ends.
  const slow = {
    id: 'slow',
    raw: Buffer.from(
      `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${'--bx\r\n'.repeat(4_000_000)}`,
    ),
  }
  test('is tried once more and then quarantined; its neighbours come through', { timeout: 60_000 }, async () => {
    const warnings: object[] = []
    const parser = start({ cpuSeconds: 0.25, wallSeconds: 20, logger: { warn: facts => warnings.push(facts) } })
    const outcomes = await parser.readMany([mail(1), slow, mail(2), mail(3)])
    expect(outcomes.map(it => it.quarantine)).toEqual([null, 'parser-too-slow', null, null])
    expect(outcomes.map(it => it.reading?.subject)).toEqual(['mail 1', undefined, 'mail 2', 'mail 3'])
    expect(warnings.length).toBeGreaterThanOrEqual(2)
  })
})

test('a parser that runs out of memory quarantines the mail that did it', { timeout: 60_000 }, async () => {
  const parser = start({ heapMegabytes: 24 })
  const greedy = {
    id: 'greedy',
    raw: Buffer.from(`From: a@b.example\r\nContent-Type: text/html\r\n\r\n${'<b>x</b><i>y</i>'.repeat(62_000)}`),
  }
  const outcomes = await parser.readMany([mail(1), greedy, mail(2)])
  expect(outcomes.map(it => it.reading?.subject)).toEqual(['mail 1', undefined, 'mail 2'])
  expect(outcomes[1]!.quarantine).toBe('parser-crashed')
})

test('a stopped parser refuses, so that nobody stores what was not read', async () => {
  const parser = start()
  const pending = parser.readMany([mail(1)])
  const refused = expect(pending).rejects.toThrow('stopped')
  await parser.stop()
  await refused
  await expect(parser.readMany([mail(2)])).rejects.toThrow('stopped')
})
