/** Tells what is written down for everybody, by the commands of those who write: made, looked at, published, said in another language. All of it marked. */
import { inTransaction, type Tx } from '../../platform/db/index.ts'
import { escaped } from '../../platform/mail/reading/written.ts'
import { keepUpload } from '../conversations/index.ts'
import {
  articleWords,
  askReview,
  makeArticle,
  makeArticleCategory,
  publishArticle,
  safely,
  saveArticle,
} from '../knowledge/index.ts'
import type { KnowledgeStep } from './story/outside.ts'
import { picture } from './story/picture.ts'
import { markSample } from './tables.ts'
import type { Telling, Told } from './told.ts'

type Of<Does extends KnowledgeStep['does']> = Extract<KnowledgeStep, { does: Does }>

export async function tellKnowledge(telling: Telling, told: Told, step: KnowledgeStep, at: Date): Promise<void> {
  switch (step.does) {
    case 'article-category':
      return inTransaction(telling.db, tx => category(tx, telling, told, step, at))
    case 'article':
      return article(telling, told, step, at)
    case 'article-words':
      return words(telling, told, step, at)
  }
}

async function category(tx: Tx, telling: Telling, told: Told, step: Of<'article-category'>, at: Date) {
  const { ana } = telling.stage.colleagues
  const names = [
    { language: 'en', name: step.en },
    { language: 'de', name: step.de },
  ]
  const id = await makeArticleCategory(tx, ana, { names, parentId: null, position: step.position }, at)
  await markSample(tx, 'article_category', id)
  told.shelves.set(step.about, id)
}

async function article(telling: Telling, told: Told, step: Of<'article'>, at: Date) {
  const { colleagues } = telling.stage
  const [writer, file] = [colleagues[step.by], step.picture ? picture() : null]
  const [sha256] = file ? await telling.files.put([file]) : []
  await inTransaction(telling.db, async tx => {
    const upload =
      file && sha256
        ? await keepUpload(tx, writer, { sha256, bytes: file.length, name: step.picture!, mediaType: 'image/png' }, at)
        : null
    const shown = upload ? `<img src="/uploads/${upload.id}" alt="${escaped(step.title)}">` : ''
    const { title, summary, body } = await safely({ ...step, body: step.body.replace('{picture}', shown) })
    const made = {
      ...{ categoryId: told.shelves.get(step.in), language: 'en', title, summary, body },
      audience: step.audience ?? ('public' as const),
    }
    const articleId = await makeArticle(tx, writer, made, at)
    await markSample(tx, 'article', articleId)
    const it = { articleId, language: 'en' }
    if (step.asks) await askReview(tx, writer, { ...it, reviewerId: colleagues[step.asks].personId }, at)
    else await publishArticle(tx, colleagues.ana, { ...it, at: null }, at)
    told.articles.set(step.about, articleId)
  })
}

async function words(telling: Telling, told: Told, step: Of<'article-words'>, at: Date) {
  const { colleagues } = telling.stage
  const { title, summary, body } = await safely(step)
  const it = { articleId: told.articles.get(step.about)!, language: step.language }
  await inTransaction(telling.db, async tx => {
    await saveArticle(tx, colleagues[step.by], { ...it, title, summary, body, seenRevision: 0 }, at)
    await publishArticle(tx, colleagues.ana, { ...it, at: null }, at)
  })
}

/** The link to an article, as it stands in a reply to that customer. */
export async function linkTo(telling: Telling, told: Told, about: string, conversationId: string): Promise<string> {
  const { title, url } = await articleWords(telling.db, telling.stage.colleagues.ana, telling.baseUrl, {
    ...{ conversationId, articleId: told.articles.get(about)! },
  })
  return `<a href="${escaped(url)}">${escaped(title)}</a>`
}
