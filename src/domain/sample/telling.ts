/** Tells the story through the product's own commands, step by step, each at its own time. Skips nothing and invents no shortcut. */
import { randomUUIDv7 } from 'node:crypto'
import type { NextStep } from '../../contract/conversations.ts'
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import type { Arrived } from '../channels/index.ts'
import {
  begin,
  closeQuietly,
  handOver,
  judgeFollowUp,
  keepPromise,
  note,
  own,
  putAway,
  renegotiate,
  replyTo,
  sendFollowUp,
  setNeededBy,
} from '../conversations/index.ts'
import { rawBounce, rawMail } from './raw-mail.ts'
import { customers, mailboxAddress, mailServer, organisation, strangers, writer } from './story/cast.ts'
import type { CommunityStep, KnowledgeStep, OutsideStep } from './story/outside.ts'
import type { Next, Step } from './story/step.ts'
import { becomeUncertain, chainOf, customerOf, promiseOf, subjectOf, versionOf, waitForServer } from './tables.ts'
import { tellCommunity } from './telling-community.ts'
import { linkTo, tellKnowledge } from './telling-knowledge.ts'
import type { Telling, Told } from './told.ts'

const us = { name: organisation, address: mailboxAddress }

export async function tell(telling: Telling, story: readonly (Step | OutsideStep)[]): Promise<void> {
  const told: Told = {
    ...{ conversations: new Map(), shelves: new Map(), articles: new Map() },
    ...{ forums: new Map(), topics: new Map() },
  }
  for (const step of [...story].sort((a, b) => a.at - b.at)) {
    const at = moment(telling, step.at)
    if (isWritten(step)) await tellKnowledge(telling, told, step, at)
    else if (isSaid(step)) await tellCommunity(telling, told, step, at)
    else {
      const id = await tellStep(telling, told, step, at)
      if (id) told.conversations.set(step.about, id)
    }
  }
}

const written: ReadonlySet<string> = new Set<KnowledgeStep['does']>(['article-category', 'article', 'article-words'])
const isWritten = (step: Step | OutsideStep): step is KnowledgeStep => written.has(step.does)
const saidKinds: CommunityStep['does'][] = ['forum', 'come-from', 'topic', 'post', 'like', 'accept', 'tried', 'tie']
const said: ReadonlySet<string> = new Set(saidKinds)
const isSaid = (step: Step | OutsideStep): step is CommunityStep => said.has(step.does)

/** Returns the conversation that began with it. */
async function tellStep(telling: Telling, told: Told, step: Step, at: Date): Promise<string | null> {
  const known = told.conversations.get(step.about)
  switch (step.does) {
    case 'mail':
    case 'broken-mail':
    case 'bounce':
      return arrive(telling, await rawOf(telling, step, known, at), at)
    case 'write':
    case 'call':
      return inTransaction(telling.db, tx => beginOne(tx, telling, step, at))
    case 'reply': {
      const link = step.article ? await linkTo(telling, told, step.article, known!) : null
      const used = step.article ? [told.articles.get(step.article)!] : []
      await inTransaction(telling.db, tx => reply(tx, telling, step, { conversationId: known!, link, used }, at))
      return null
    }
    default:
      await inTransaction(telling.db, tx => act(tx, telling, step, known!, at))
      return null
  }
}

type Incoming = Extract<Step, { does: 'mail' | 'broken-mail' | 'bounce' }>
type Beginning = Extract<Step, { does: 'write' | 'call' }>
type Replying = Extract<Step, { does: 'reply' }>
type Acting = Exclude<Step, Incoming | Beginning | Replying>

async function arrive({ stage, takeIn }: Telling, raw: Buffer, at: Date): Promise<string | null> {
  const arrived: Arrived = { mailboxId: stage.mailboxId, source: 'import', raw, arrivedAt: at, backlog: false }
  const [taken] = await takeIn(at)([arrived])
  return taken!.conversationId
}

async function rawOf({ db }: Telling, step: Incoming, known: string | undefined, at: Date): Promise<Buffer> {
  const place = { at, to: us, server: mailServer }
  if (step.does === 'broken-mail') {
    const messageId = `${randomUUIDv7()}@broken.example`
    return rawMail({ ...place, from: null, cc: [], subject: step.subject, text: step.text, messageId, references: [] })
  }
  const chain = known ? await chainOf(db, known) : []
  if (step.does === 'bounce') {
    const original = { messageId: chain.at(-1)!, recipient: customers[step.of].address, subject: '' }
    return rawBounce({ from: strangers.daemon, to: us, at, messageId: `${randomUUIDv7()}@lindqvist.example`, original })
  }
  const from = writer(step.from)
  return rawMail({
    ...place,
    from,
    cc: (step.cc ?? []).map(each => customers[each]),
    subject: step.subject ?? `Re: ${known ? await subjectOf(db, known) : ''}`,
    text: step.text,
    messageId: `${randomUUIDv7()}@${from.address.split('@')[1]}`,
    references: chain,
    picture: step.picture,
    list: step.list,
  })
}

async function beginOne(tx: Tx, telling: Telling, step: Beginning, at: Date): Promise<string> {
  const { stage } = telling
  const customer = customers[step.does === 'write' ? step.to : step.with]
  const { conversationId } = await begin(
    tx,
    stage.colleagues[step.by],
    {
      is: step.does === 'write' ? 'written' : 'phone',
      teamId: stage.teamId,
      mailboxId: stage.mailboxId,
      customer: { address: customer.address },
      cc: [],
      subject: step.subject,
      body: step.text,
      nextStep: nextOf(telling, step.next),
      attachments: [],
      sample: true,
    },
    at,
  )
  return conversationId
}

type Place = { conversationId: string; link: string | null; used: readonly string[] }

async function reply(tx: Tx, telling: Telling, step: Replying, { conversationId, link, used }: Place, at: Date) {
  const lines = step.text.split('\n').map(line => `<p>${link && line === '{article}' ? link : escaped(line)}</p>`)
  const answer = {
    ...{ conversationId, seenVersion: await versionOf(tx, conversationId), attachments: [], used },
    body: link ? lines.join('') : step.text,
    recipients: { to: [await customerOf(tx, conversationId)], cc: [] },
    nextStep: nextOf(telling, step.next),
  }
  await replyTo(tx, telling.stage.colleagues[step.by], answer, at)
}

async function act(tx: Tx, telling: Telling, step: Acting, conversationId: string, at: Date): Promise<unknown> {
  const { colleagues, teamId } = telling.stage
  const version = () => versionOf(tx, conversationId)
  switch (step.does) {
    case 'own':
      return own(tx, colleagues[step.by], conversationId, at)
    case 'note':
      return note(tx, colleagues[step.by], { conversationId, body: step.text, attachments: [] }, at)
    case 'hand-over': {
      const { reason, introduction } = step
      const to = { toMemberId: colleagues[step.to].personId, toTeamId: teamId }
      return handOver(
        tx,
        colleagues[step.by],
        { conversationId, seenVersion: await version(), ...to, reason, introduction },
        at,
      )
    }
    case 'needed-by':
      return setNeededBy(
        tx,
        colleagues[step.by],
        { conversationId, neededBy: moment(telling, step.on).toISOString() },
        at,
      )
    case 'move-promise': {
      const promiseId = await promiseOf(tx, conversationId, 'ours')
      const dueAt = moment(telling, step.due).toISOString()
      return renegotiate(tx, colleagues[step.by], { promiseId, dueAt, words: step.words, tell: step.tell }, at)
    }
    case 'they-kept':
      return keepPromise(tx, colleagues[step.by], await promiseOf(tx, conversationId, 'theirs'), at)
    case 'close':
      return closeQuietly(
        tx,
        colleagues[step.by],
        { conversationId, seenVersion: await version(), because: step.because },
        at,
      )
    case 'spam':
      return putAway(tx, colleagues[step.by], { conversationId, as: 'spam' }, at)
    case 'follow-up':
      return sendFollowUp(
        tx,
        colleagues[step.by],
        { conversationId, seenVersion: await version(), body: step.text },
        at,
      )
    case 'judge':
      return judgeFollowUp(tx, colleagues[step.by], { conversationId, verdict: step.verdict, said: step.said }, at)
    case 'trouble':
      return step.is === 'uncertain'
        ? becomeUncertain(tx, conversationId, at)
        : waitForServer(tx, conversationId, telling.now)
  }
}

function nextOf(telling: Telling, next: Next): NextStep {
  const time = (minutes: number) => moment(telling, minutes).toISOString()
  switch (next.is) {
    case 'we-get-back':
      return { is: next.is, words: next.words, dueAt: time(next.due), kind: next.kind ?? 'reply' }
    case 'your-turn':
      return {
        is: next.is,
        askAgainAt: time(next.askAgain),
        ...(next.theirs ? { theirs: { words: next.theirs.words, dueAt: time(next.theirs.due) } } : {}),
      }
    case 'answered':
      return { is: next.is, followUpAt: time(next.followUp) }
    case 'we-cannot':
      return {
        is: next.is,
        personalWord: next.personalWord,
        alternative: { is: 'offer', words: next.offer },
        followUpAt: time(next.followUp),
      }
  }
}

/** What is promised for later falls on a full five minutes, as people say it. */
function moment({ now }: Telling, minutes: number): Date {
  const at = now.getTime() + minutes * 60_000
  const five = 5 * 60_000
  return new Date(minutes > 0 ? Math.round(at / five) * five : at)
}
