/**
 * Open chats on one process: every chat holds its stream, one word a second goes each way for every fifty of them, and streams
 * are cut at random. Nothing may be lost, doubled or out of order. See README.md for each figure.
 */
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chatsRun } from './lib/chatsRun.ts'
import { progress, round, tell } from './lib/figures.ts'
import { given } from './lib/given.ts'

const asked = given({ chats: 5000, seconds: 30 })
const built = join(import.meta.dirname, '../dist/widget/widget.js')
if (!existsSync(built)) throw new Error('the widget is not built yet: run "npm run build"')
const words = readFileSync(join(import.meta.dirname, '../src/words/en/widget.json'))

progress(`${asked.chats} chats for ${asked.seconds} s`)
const run = await chatsRun(asked)
tell(
  {
    chats: asked.chats,
    messages: run.messages,
    lost: run.lost,
    doubled: run.doubled,
    outOfOrder: run.outOfOrder,
    p50Ms: round(run.p50Ms),
    p99Ms: round(run.p99Ms),
    deskP99Ms: round(run.deskP99Ms),
    cutOffs: run.cuts,
    refused: run.refused,
    widgetKilobytes: round(gzipSync(Buffer.concat([readFileSync(built), words])).length / 1000),
  },
  asked.json,
)
