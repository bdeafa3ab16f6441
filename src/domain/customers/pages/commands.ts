/** Pages of our own are written, moved and taken away by administrators. What was written is made safe before it is kept; pictures have no place in them. */
import type { z } from 'zod'
import type { HelpPage, saveHelpPage as saveHelpPageEndpoint } from '../../../contract/help-pages.ts'
import type { Tx } from '../../../platform/db/index.ts'
import { record } from '../../../platform/events/index.ts'
import { absent, Refusal } from '../../../platform/http/index.ts'
import { writtenAside } from '../../../platform/mail/reading/writtenAside.ts'
import type { Member } from '../../access/index.ts'
import { isSlug, slugOf } from '../../knowledge/rules.ts'
import { givePageSlug, helpPagesOf, removePageRow, type Saved, savePageRow } from './tables.ts'

type Given = z.output<typeof saveHelpPageEndpoint.input>
const most = 100

/** Before the transaction, as it may take a while. */
export async function madeSafe({ texts, ...it }: Given): Promise<Saved & { slug: string }> {
  const read = []
  for (const { language, title, body } of texts) {
    const { html, text } = await writtenAside(body.replaceAll('\0', '').replace(/<img\b[^>]*>/gi, ''), { page: true })
    read.push({ language, title, html, text })
  }
  return { ...it, texts: read }
}

export async function saveHelpPage(tx: Tx, actor: Member, it: Saved & { slug: string }, now: Date): Promise<HelpPage> {
  const before = await helpPagesOf(tx)
  if (before.length >= most && !before.some(({ id }) => id === it.pageId)) throw new Refusal('too-many-pages', 409)
  const wanted = it.slug || before.find(({ id }) => id === it.pageId)?.slug || slugOf(it.texts[0]!.title)
  if (!isSlug(wanted)) throw new Refusal('bad-slug', 400, { fields: [{ path: 'slug', says: 'is no address' }] })
  await savePageRow(tx, it, now)
  await givePageSlug(tx, it.pageId, wanted)
  await told(tx, actor, it.pageId, now)
  return (await helpPagesOf(tx, it.pageId))[0]!
}

export async function removeHelpPage(tx: Tx, actor: Member, pageId: string, now: Date) {
  if (!(await removePageRow(tx, pageId))) throw absent()
  await told(tx, actor, pageId, now)
  return { done: true as const }
}

function told(tx: Tx, actor: Member, pageId: string, now: Date) {
  return record(tx, {
    ...{ kind: 'installation.changed', subjectId: null, actorId: actor.personId, scopes: [], at: now },
    facts: { setting: 'help-pages', pageId },
  })
}
