/**
 * One conversation of mine: read, answered, judged, chosen in, ended, each by a button and with a token for one pressing. What
 * somebody may not see is not there, whichever address they try.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { Id } from '../contract/kit.ts'
import { customerBuckets, secondsToWait } from '../domain/access/index.ts'
import { asDownload } from '../domain/conversations/index.ts'
import { chooseMine, fileOf, finishMine, judgeMine, type One, one, writeInto } from '../domain/customers/index.ts'
import { Refusal } from '../platform/http/index.ts'
import { formHolds, formToken } from './form-token.ts'
import { first } from './here.ts'
import type { FormBody, Input } from './page/form.ts'
import type { OneConversation, Said } from './page/mine.ts'
import { fieldsOf, type Posted } from './posted.ts'
import { inOrder, promisedFor } from './promised.ts'
import { errorsOf } from './sign-in.ts'
import { type Shown, type SignedIn, type Site, troubleShown } from './site.ts'
import { dayOf } from './times.ts'

const verdicts = ['worked', 'incomplete', 'wrong', 'later'] as const
/** Older ones are folded. */
const unfolded = 6
const longestText = 20_000

type Filled = {
  text?: string
  said?: string
  verdict?: string
  pick?: string
  wrong?: { field: string; says: string }
  notice?: string
}

export function onePages(site: Site) {
  const { parts } = site
  const url = '/help/mine/:conversationId'

  site.mine.get(url, async (visit, request) => {
    const found = await find(visit, request)
    const { said, done } = request.query as { said?: unknown; done?: unknown }
    if (!found) return troubleShown(visit, 404)
    const filled: Filled = {
      ...(typeof said === 'string' ? { verdict: said } : {}),
      ...(typeof done === 'string' && doneWords.has(done) ? { notice: visit.say(`one.done.${done}`) } : {}),
    }
    return show(visit, found, filled)
  })

  site.mine.get(`${url}/files/:fileId`, async (visit, request, reply) => {
    const { conversationId, fileId } = request.params as Record<string, string>
    const ids = { conversationId: Id.safeParse(conversationId).data, fileId: Id.safeParse(fileId).data }
    const file =
      ids.conversationId && ids.fileId
        ? await fileOf(visit.db, visit.customer.personId, ids as { conversationId: string; fileId: string }, visit.now)
        : null
    if (!file) return troubleShown(visit, 404)
    void asDownload(reply, parts.files, file)
    return { sent: true }
  })

  site.mine.post(`${url}/answer`, (visit, request) =>
    acting(visit, request, async (found, posted, token) => {
      const { fields, files, tooLarge } = posted
      const text = (fields.get('text') ?? '').trim().slice(0, longestText)
      const act = fields.get('act')
      if (act === 'withdraw' || act === 'solved') {
        if (!found.own) return troubleShown(visit, 404)
        if (files.length > 0)
          await writeInto(site.parts, visit.customer, found, { press: token, text, files }, visit.now)
        const how = act === 'solved' ? 'solved' : 'withdrawn'
        const ended = { conversationId: found.id, how, said: files.length > 0 ? '' : text } as const
        await finishMine(site.parts, visit.customer, ended, visit.now)
        return { go: visit.to(`/help/mine/${found.id}?done=${how}`) }
      }
      if (tooLarge.length > 0) {
        const says = visit.say('files.tooLarge', { name: tooLarge.join(', ') })
        return show(visit, found, { text, wrong: { field: 'files', says } })
      }
      if (text === '' && files.length === 0)
        return show(visit, found, { text, wrong: { field: 'text', says: visit.say('one.empty') } })
      const came = await writeInto(site.parts, visit.customer, found, { press: token, text, files }, visit.now)
      return { go: visit.to(`/help/mine/${came.conversationId ?? found.id}?done=sent`) }
    }),
  )

  site.mine.post(`${url}/verdict`, (visit, request) =>
    acting(visit, request, async (found, { fields }) => {
      const said = (fields.get('said') ?? '').slice(0, 5000)
      const verdict = verdicts.find(each => each === fields.get('verdict'))
      if (!verdict)
        return show(visit, found, { said, wrong: { field: 'verdict', says: visit.say('one.chooseVerdict') } })
      await judgeMine(site.parts, visit.customer, { conversationId: found.id, verdict, said }, visit.now)
      return { go: visit.to(`/help/mine/${found.id}?done=judged`) }
    }),
  )

  site.mine.post(`${url}/choice`, (visit, request) =>
    acting(visit, request, async (found, { fields }) => {
      const offer = found.messages.find(each => each.offer?.id === fields.get('offer'))?.offer
      const pick = fields.get('pick') ?? ''
      const said = (fields.get('said') ?? '').trim().slice(0, 5000)
      if (!offer) return troubleShown(visit, 404)
      const optionId = pick === 'none' ? null : offer.options.find(({ id }) => id === pick)?.id
      const missing = optionId === undefined ? 'pick' : optionId === null && said === '' ? 'said' : null
      if (missing)
        return show(visit, found, { pick, said, wrong: { field: missing, says: visit.say(`one.missing.${missing}`) } })
      const chosen = {
        conversationId: found.id,
        offerId: offer.id,
        optionId: optionId ?? null,
        said,
        seenTurns: Number(fields.get('turns')) || 0,
      }
      await chooseMine(site.parts, visit.customer, chosen, visit.now)
      return { go: visit.to(`/help/mine/${found.id}?done=chosen`) }
    }),
  )

  function find(visit: SignedIn, request: FastifyRequest): Promise<One | null> {
    const id = Id.safeParse((request.params as { conversationId: string }).conversationId)
    return id.success ? one(visit.db, visit.customer.personId, id.data, visit.now) : Promise.resolve(null)
  }

  /** A press that is out of date, and what ended a moment ago, show the page as it stands, with what was written. */
  async function acting(
    visit: SignedIn,
    request: FastifyRequest,
    act: (found: One, posted: Posted, press: string) => Promise<Shown>,
  ): Promise<Shown> {
    const found = await find(visit, request)
    if (!found) return troubleShown(visit, 404)
    const posted = await fieldsOf(request)
    if ((await secondsToWait(visit.db, customerBuckets(visit.ip, null), visit.now)) > 0) return troubleShown(visit, 429)
    const { fields } = posted
    const press = Id.safeParse(fields.get('press')).data
    const kept = { text: fields.get('text') ?? '', said: fields.get('said') ?? '' }
    if (!press || !formHolds(fields.get('form') ?? '', press, visit.customer.sessionId, parts.keys, visit.now))
      return show(visit, found, { ...kept, notice: visit.say('form.again') }, 409)
    try {
      return await act(found, posted, press)
    } catch (problem) {
      if (!(problem instanceof Refusal) || problem.status === 404) throw problem
      const now = (await one(visit.db, visit.customer.personId, found.id, visit.now)) ?? found
      return show(visit, now, { ...kept, notice: visit.say('one.changed') }, 409)
    }
  }

  function pressOf(visit: SignedIn): FormBody['hidden'] {
    const press = randomUUIDv7()
    return [
      { name: 'press', value: press },
      { name: 'form', value: formToken(press, visit.customer.sessionId, parts.keys, visit.now) },
    ]
  }

  function show(visit: SignedIn, found: One, filled: Filled, status = filled.wrong ? 422 : 200): Shown {
    const { say, to, clock } = visit
    const said = found.messages.map(each => saidOf(visit, found, each, filled))
    const shown = said.slice(-unfolded)
    const earlier = said.slice(0, -unfolded)
    const owner = found.owner ?? found.team
    const name = found.owner ? first(found.owner) : found.team
    const promises = inOrder(found.promises).map(each => promisedFor(visit, each))
    const owes = found.promises.some(({ direction, endedAt }) => direction === 'theirs' && endedAt === null)
    const heading = found.subject || say('mine.number', { number: found.number })
    const oldest = found.messages[0]
    const shape: OneConversation = {
      is: 'one',
      crumbs: {
        back: { label: say('mine.title'), address: to('/help/mine') },
        here: say('mine.number', { number: found.number }),
      },
      heading,
      errors: filled.wrong ? errorsOf(visit, [filled.wrong]) : null,
      notice: filled.notice ?? null,
      earlier:
        earlier.length > 0 && oldest
          ? { label: say('one.earlier', { count: earlier.length, on: dayOf(oldest.at, clock) }), said: earlier }
          : null,
      said: shown,
      followUp: found.own && found.followUp ? { title: say('one.did'), form: verdictForm(visit, found, filled) } : null,
      answer: found.mailbox
        ? {
            title: say('one.writeTo', { name }),
            hint: say(found.state === 'closed' ? 'one.writeClosed' : 'one.goesTo', { name: owner }),
            form: answerForm(visit, found, name, filled),
          }
        : null,
      closed: found.state === 'closed' && !filled.notice ? say('one.closed') : null,
      owner: {
        name: owner,
        rest: say(found.state === 'closed' ? 'one.had' : 'one.has'),
        beneath: say(found.state === 'closed' ? 'one.over' : found.owner ? 'one.keeps' : 'one.team'),
      },
      promises,
      nothing: found.state !== 'closed' && !owes ? say('one.oweNothing') : null,
      asides: [
        { title: say('one.turn'), words: say(`one.state.${found.state}`, { name: owner }) },
        ...(found.own ? [] : [{ title: say('one.whose'), words: say('one.whoseWords', { name: found.customer }) }]),
        ...(found.neededBy ? [{ title: say('one.neededBy'), words: visit.due(found.neededBy) }] : []),
      ],
    }
    const title = filled.wrong ? say('errors.window', { count: 1, title: heading }) : heading
    return { status, page: visit.page(title, { path: `/help/mine/${found.id}`, place: 'mine' }, shape) }
  }

  function saidOf(visit: SignedIn, found: One, each: One['messages'][number], filled: Filled): Said {
    const { say, to, language } = visit
    const size = new Intl.NumberFormat(`${language}-u-nu-latn`, { maximumFractionDigits: 1 })
    const { offer } = each
    const settled = offer?.settled
    const picked = offer?.options.find(({ id }) => id === settled?.pickedId)
    const isOpen = offer && !settled && new Date(offer.until) > visit.now && found.own && found.state !== 'closed'
    return {
      id: each.id,
      author: each.author && !each.author.includes('@') ? each.author : (each.author ?? say('one.somebody')),
      when: visit.due(each.at),
      them: !each.ours,
      text: each.text.slice(0, 50_000),
      files: each.files.map(file => ({
        label: say('files.one', { name: file.name, size: size.format(Math.max(0.1, file.bytes / 1_048_576)) }),
        address: to(`/help/mine/${found.id}/files/${file.id}`),
      })),
      offer: isOpen ? offerForm(visit, found, offer, filled) : null,
      chosen: picked
        ? say('one.chosen', { words: picked.words })
        : settled?.how === 'none'
          ? say('one.chosenNone')
          : settled
            ? say('one.offerOver')
            : null,
    }
  }

  function offerForm(
    visit: SignedIn,
    found: One,
    offer: NonNullable<One['messages'][number]['offer']>,
    filled: Filled,
  ): FormBody {
    const { say, to } = visit
    const trouble = (name: string) => (filled.wrong?.field === name ? filled.wrong.says : null)
    const choices = [
      ...offer.options.map(({ id, words, consequence, cost }) => ({
        ...{
          value: id,
          label: words,
          what: [consequence, cost].filter(Boolean).join('\n'),
          chosen: filled.pick === id,
        },
      })),
      { value: 'none', label: say('one.none'), what: say('one.noneWhat'), chosen: filled.pick === 'none' },
    ]
    return {
      action: to(`/help/mine/${found.id}/choice`),
      hidden: [...pressOf(visit), { name: 'offer', value: offer.id }, { name: 'turns', value: String(offer.turns) }],
      ...{ multipart: false, trap: null, sticky: false },
      inputs: [
        {
          is: 'picks',
          name: 'pick',
          label: say('one.options'),
          hint: null,
          optional: null,
          trouble: trouble('pick'),
          choices,
          inLine: false,
        },
        {
          is: 'long',
          name: 'said',
          label: say('one.suits'),
          hint: null,
          optional: say('optional'),
          trouble: trouble('said'),
          value: filled.said ?? '',
          rows: 2,
          most: 5000,
        },
      ],
      buttons: [{ label: say('one.choose'), kind: 'primary' }],
      beside: say('one.until', { when: visit.at(offer.until) }),
    }
  }

  function verdictForm(visit: SignedIn, found: One, filled: Filled): FormBody {
    const { say, to } = visit
    const choices = verdicts.map(value => ({
      value,
      label: say(`one.verdict.${value}`),
      what: null,
      chosen: filled.verdict === value,
    }))
    const trouble = filled.wrong?.field === 'verdict' ? filled.wrong.says : null
    return {
      action: to(`/help/mine/${found.id}/verdict`),
      hidden: pressOf(visit),
      ...{ multipart: false, trap: null, sticky: false },
      inputs: [
        {
          is: 'picks',
          name: 'verdict',
          label: say('one.how'),
          hint: null,
          optional: null,
          trouble,
          choices,
          inLine: false,
        },
        {
          is: 'long',
          name: 'said',
          label: say('one.right'),
          hint: null,
          optional: say('optional'),
          trouble: null,
          value: filled.said ?? '',
          rows: 2,
          most: 5000,
        },
      ],
      buttons: [{ label: say('one.confirm'), kind: 'primary' }],
      beside: null,
    }
  }

  function answerForm(visit: SignedIn, found: One, name: string, filled: Filled): FormBody {
    const { say, to } = visit
    const trouble = (field: string) => (filled.wrong?.field === field ? filled.wrong.says : null)
    const inputs: Input[] = [
      {
        is: 'long',
        name: 'text',
        label: say('one.words'),
        hint: null,
        optional: null,
        trouble: trouble('text'),
        value: filled.text ?? '',
        rows: 5,
        most: longestText,
      },
      {
        is: 'files',
        name: 'files',
        label: say('files.label'),
        hint: say('files.hint'),
        optional: say('optional'),
        trouble: trouble('files'),
        kept: [],
        leaveOut: say('files.leaveOut'),
      },
    ]
    const ends: FormBody['buttons'] =
      found.own && found.state !== 'closed'
        ? [
            { label: say('one.solved'), kind: 'second', name: 'act', value: 'solved' },
            { label: say('one.withdraw'), kind: 'link', name: 'act', value: 'withdraw' },
          ]
        : []
    return {
      action: to(`/help/mine/${found.id}/answer`),
      hidden: pressOf(visit),
      ...{ multipart: true, trap: null, sticky: false, inputs, beside: null },
      buttons: [{ label: say('one.send', { name }), kind: 'primary' }, ...ends],
    }
  }
}

const doneWords = new Set(['sent', 'solved', 'withdrawn', 'judged', 'chosen'])
