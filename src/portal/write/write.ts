/**
 * Writing to us: a form for each matter, with what it asks for beside the words. When something is missing everything stays,
 * files too. Pressed twice it is sent once; what programs fill in goes nowhere. Whoever signed in is not asked who they are.
 */
import { randomUUIDv7 } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { Form } from '../../contract/forms.ts'
import { Id } from '../../contract/kit.ts'
import { customerBuckets, formBuckets, secondsToWait } from '../../domain/access/index.ts'
import {
  asked,
  dropKept,
  formsOf,
  isDay,
  type KeptFile,
  keepFiles,
  keptFiles,
  noteAnswers,
  sentTo,
  takeWritten,
  troubleWith,
} from '../../domain/customers/index.ts'
import { readAddress } from '../../domain/people/index.ts'
import { formHolds, formToken } from '../frame/form-token.ts'
import { hereFor, namesOf, presenceFor } from '../frame/here.ts'
import { fieldsOf, type Posted } from '../frame/posted.ts'
import { type Shown, type Site, troubleShown } from '../frame/site.ts'
import { anyOf } from '../frame/times.ts'
import type { Visit } from '../frame/visit.ts'
import type { Answers } from '../home/answers.ts'
import { suggestionsFor, suggestPath } from '../home/suggest.ts'
import { blankForm, errorsOf } from '../me/sign-in.ts'
import type { Filled as FilledPage } from '../page/form.ts'
import { choose, sent } from './write-after.ts'
import { endOf, filledIn, inputsOf, type Typed, textOf, type Wrong } from './write-form.ts'

const nothing = (): Typed => ({ fields: new URLSearchParams(), kept: [], wrong: [], notice: null })
const trap = 'website'
const most = { files: 10, bytes: 25 * 1024 * 1024 }

export function writePages(site: Site, answers: Answers) {
  const { parts } = site

  site.get('/help/ask', async visit => {
    const forms = await formsOf(visit.db)
    if (forms.length > 1) return choose(visit, forms)
    return show(visit, forms[0] ?? null, nothing())
  })
  site.get('/help/ask/:formId', async (visit, request) => {
    const form = await formOf(visit, request)
    return form === undefined ? troubleShown(visit, 404) : show(visit, form, nothing())
  })
  site.post('/help/ask', (visit, request) => send(visit, request, null))
  site.post('/help/ask/:formId', async (visit, request) => {
    const form = await formOf(visit, request)
    return form === undefined ? troubleShown(visit, 404) : send(visit, request, form)
  })
  site.get('/help/ask/sent/:press', async (visit, request) => {
    const { press } = request.params as { press: string }
    return sent(visit, press)
  })

  async function formOf({ db }: Visit, request: FastifyRequest): Promise<Form | undefined> {
    const { formId } = request.params as { formId: string }
    return (await formsOf(db)).find(({ id }) => id === formId)
  }

  async function send(visit: Visit, request: FastifyRequest, form: Form | null): Promise<Shown> {
    const { customer, now, say, to } = visit
    // Before anything is read: files are held in memory.
    const buckets = customer ? customerBuckets(visit.ip, null) : formBuckets(visit.ip)
    if ((await secondsToWait(visit.db, buckets, now)) > 0) return troubleShown(visit, 429)
    const posted = await fieldsOf(request, 'files')
    const { fields } = posted
    const press = Id.safeParse(fields.get('press')).data
    // Programs fill in what people do not see: they are thanked, and nothing happens.
    if (fields.get(trap)) return { go: to(`/help/ask/sent/${randomUUIDv7()}`) }
    const before = await keptFiles(
      visit.db,
      idsIn(fields, 'kept').filter(id => !idsIn(fields, 'without').includes(id)),
    )
    const found = await presenceFor(visit, form?.mailboxId ?? null)
    if (!found) return show(visit, form, { ...nothing(), fields })
    const holds = press && formHolds(fields.get('form') ?? '', press, 'ask', parts.keys, now)
    if (!press || !holds)
      return show(
        visit,
        form,
        { fields, kept: await keep(posted, before, now), wrong: [], notice: say('form.again') },
        409,
      )
    if (await sentTo(visit.db, press, now)) return { go: await whereSent(visit, press) }
    if (fields.get('act') === 'look')
      return show(visit, form, { fields, kept: await keep(posted, before, now), wrong: [], notice: null, looks: true })
    const wrong = mistakes(visit, form, posted, before)
    if (wrong.length > 0)
      return show(visit, form, { fields, kept: await keep(posted, before, now), wrong, notice: null }, 422)
    const address = customer ? customer.written : readAddress(fields.get('address') ?? '')!.written
    const files = [
      ...(await Promise.all(before.map(async file => ({ ...file, content: await parts.files.read(file.sha256) })))),
      ...posted.files,
    ]
    const filled = filledIn(form, fields)
    const shown = asked(form?.fields ?? [], filled)
    const needed = fields.get('needed') ?? ''
    const written = {
      press,
      from: { name: customer?.name ?? (fields.get('name') ?? '').trim().slice(0, 200), address },
      signedIn: customer !== null,
      mailbox: await mailboxOf(visit, found.mailboxId),
      into: null,
      subject: (fields.get('subject') ?? '').trim().slice(0, 200),
      text: textOf(visit, shown, filled, fields),
      files,
    }
    const { conversationId } = await takeWritten(
      { db: visit.db, takeIn: parts.takeIn, keys: parts.replyKeys },
      written,
      now,
    )
    if (conversationId) {
      const neededBy = isDay(needed) ? endOf(needed, visit.zone) : null
      await noteAnswers(parts.change, { conversationId, fields: shown, filled, neededBy }, now)
    }
    await parts.change(tx =>
      dropKept(
        tx,
        before.map(({ id }) => id),
      ),
    )
    return { go: await whereSent(visit, press) }
  }

  async function keep({ files }: Posted, before: KeptFile[], now: Date): Promise<KeptFile[]> {
    if (files.length === 0) return before
    const hashes = await parts.files.put(files.map(({ content }) => content))
    const rows = files.map(({ name, mediaType, content }, at) => ({
      name,
      mediaType,
      sha256: hashes[at]!,
      bytes: content.length,
    }))
    return [...before, ...(await parts.change(tx => keepFiles(tx, rows, now)))]
  }

  async function whereSent(visit: Visit, press: string): Promise<string> {
    const id = visit.customer && (await sentTo(visit.db, press, visit.now))
    return visit.to(id ? `/help/mine/${id}?done=sent` : `/help/ask/sent/${press}`)
  }

  function mistakes(visit: Visit, form: Form | null, { fields, files, tooLarge }: Posted, before: KeptFile[]): Wrong[] {
    const { say, customer, now } = visit
    const filled = filledIn(form, fields)
    const wrong: Wrong[] = []
    if (!customer && !readAddress(fields.get('address') ?? ''))
      wrong.push({ field: 'address', says: say('signIn.noAddress') })
    if ((fields.get('text') ?? '').trim() === '') wrong.push({ field: 'text', says: say('ask.noWords') })
    const seen = fields.getAll('seen')
    for (const field of asked(form?.fields ?? [], filled)) {
      const trouble = troubleWith(field, filled.get(field.id) ?? [])
      // It came up by what was just answered: they have not seen it yet.
      if (!seen.includes(field.id)) wrong.push({ field: field.id, says: say('ask.cameUp', { label: field.label }) })
      else if (trouble) wrong.push({ field: field.id, says: say(`ask.trouble.${trouble}`, { label: field.label }) })
    }
    const needed = (fields.get('needed') ?? '').trim()
    if (needed && !isDay(needed))
      wrong.push({ field: 'needed', says: say('ask.trouble.date', { label: say('ask.needed') }) })
    else if (needed && endOf(needed, visit.zone) <= now) wrong.push({ field: 'needed', says: say('ask.passed') })
    const bytes = [...files.map(({ content }) => content.length), ...before.map(each => each.bytes)]
    if (tooLarge.length > 0) wrong.push({ field: 'files', says: say('files.tooLarge', { name: tooLarge.join(', ') }) })
    else if (bytes.length > most.files || bytes.reduce((sum, each) => sum + each, 0) > most.bytes)
      wrong.push({ field: 'files', says: say('files.tooMany') })
    return wrong
  }

  async function show(visit: Visit, form: Form | null, typed: Typed, status = 200): Promise<Shown> {
    const { say, to, language, at } = visit
    const found = await presenceFor(visit, form?.mailboxId ?? null)
    const heading = form?.name ?? say('ask.title')
    const path = form ? `/help/ask/${form.id}` : '/help/ask'
    if (!found) {
      const page = visit.page(heading, { path, place: 'ask' }, { ...blankForm, heading, lede: [say('here.nobody')] })
      return { status, page }
    }
    const names = namesOf(found)
    const press = randomUUIDv7()
    const shownFields = asked(form?.fields ?? [], filledIn(form, typed.fields))
    const suggested = await suggestionsFor(visit, answers, typed.fields, parts.keys)
    const peek = { label: say('ask.peek', { count: suggested.length }), address: '#may' }
    const presence = hereFor(visit, found)
    const shape: FilledPage = {
      ...blankForm,
      heading,
      lede: [
        ...(form?.intro ? [form.intro] : []),
        names.length > 0 ? say('ask.reads', { names: anyOf(names, language, 'disjunction') }) : say('ask.readsTeam'),
      ],
      errors: errorsOf(visit, typed.wrong),
      notice: typed.looks
        ? say(suggested.length > 0 ? 'ask.lookedFound' : 'ask.lookedNothing', { count: suggested.length })
        : typed.notice,
      form: {
        action: to(path),
        hidden: [
          { name: 'press', value: press },
          { name: 'form', value: formToken(press, 'ask', parts.keys, visit.now) },
          ...shownFields.map(({ id }) => ({ name: 'seen', value: id })),
        ],
        multipart: true,
        trap: { name: trap, label: say('ask.trap') },
        inputs: inputsOf(visit, form, typed, shownFields, suggested.length > 0 ? peek : null),
        buttons: [
          { label: say('ask.send'), kind: 'primary', busy: say('ask.sending') },
          { label: say('ask.look'), kind: 'link', name: 'act', value: 'look', withoutScript: true },
        ],
        beside: say('ask.answers', { when: at(found.replyBy) }),
        sticky: true,
      },
      presence: { ...presence, write: null },
      suggest:
        suggested.length > 0 || visit.scripts
          ? {
              ...{ title: say('ask.maybe'), words: say('ask.maybeWords'), each: suggested },
              ask: visit.scripts ? to(suggestPath) : null,
            }
          : null,
      asides: visit.house.portal.note ? [{ ...visit.house.portal.note, links: [] }] : [],
    }
    if (typed.wrong.length === 0) shape.errors = null
    const title = typed.wrong.length > 0 ? say('errors.window', { count: typed.wrong.length, title: heading }) : heading
    const about = status === 200 ? { listed: { description: say('ask.readsTeam') } } : {}
    return { status, page: visit.page(title, { path, place: 'ask', scripted: true, ...about }, shape) }
  }
}

const idsIn = (fields: URLSearchParams, name: string) =>
  fields
    .getAll(name)
    .flatMap(id => Id.safeParse(id).data ?? [])
    .slice(0, most.files)

async function mailboxOf({ db }: Visit, id: string): Promise<{ id: string; address: string }> {
  return db.selectFrom('mailbox').select(['id', 'address']).where('id', '=', id).executeTakeFirstOrThrow()
}
