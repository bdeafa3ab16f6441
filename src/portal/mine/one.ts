/**
 * One conversation of mine: read, answered, judged, chosen in, ended, each by a button and with a token for one pressing. What
 * somebody may not see is not there, whichever address they try.
 */
import type { FastifyRequest } from 'fastify'
import { Id } from '../../contract/kit.ts'
import { customerBuckets, secondsToWait } from '../../domain/access/index.ts'
import { asDownload } from '../../domain/conversations/index.ts'
import { chooseMine, fileOf, finishMine, judgeMine, type One, one, writeInto } from '../../domain/customers/index.ts'
import { Refusal } from '../../platform/http/index.ts'
import { formHolds } from '../frame/form-token.ts'
import { fieldsOf, type Posted } from '../frame/posted.ts'
import { type Shown, type SignedIn, type Site, troubleShown } from '../frame/site.ts'
import { type Filled, longestText, verdicts } from './one-forms.ts'
import { showOne } from './one-page.ts'
import { actPromise } from './one-promise.ts'

const doneWords = new Set(['sent', 'solved', 'withdrawn', 'judged', 'chosen', 'promised'])

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
      offersPromise: done === 'sent',
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
    void asDownload(reply, parts.files, file, false)
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
      const said = (fields.get('told') ?? '').slice(0, 5000)
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

  site.mine.post(`${url}/promise`, (visit, request) =>
    acting(visit, request, (found, { fields }) =>
      actPromise(site.parts, visit, found, { fields, show: filled => show(visit, found, filled) }),
    ),
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
    if ((await secondsToWait(visit.db, customerBuckets(visit.ip, null), visit.now)) > 0) return troubleShown(visit, 429)
    const posted = await fieldsOf(request, 'files')
    const { fields } = posted
    const press = Id.safeParse(fields.get('press')).data
    const kept = { text: fields.get('text') ?? '', said: fields.get('said') ?? fields.get('told') ?? '' }
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

  function show(visit: SignedIn, found: One, filled: Filled, status?: number): Shown {
    return showOne(parts.keys, visit, found, filled, status)
  }
}
