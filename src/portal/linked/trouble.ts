/** A clear page for each thing that can be wrong with a link. Says nothing of what it was for. */
import { ownSender } from '../../domain/channels/index.ts'
import type { Db, Tx } from '../../platform/db/index.ts'
import { type Around, around } from '../frame/around.ts'
import type { Asked, Opened, Shown } from './opened.ts'

export type Wrong = 'altered' | 'expired' | 'gone' | 'often' | 'broken'
const statuses: Record<Wrong, number> = { altered: 404, expired: 410, gone: 410, often: 429, broken: 500 }

/** Of somebody who is known by their link. */
export async function troubleFor(opened: Opened, wrong: Wrong, language: string | null = null): Promise<Shown> {
  return troublePage(opened.around(language), opened.parts.db, wrong)
}

/** Of anybody. */
export async function troubleOf(db: Db, asked: Asked, wrong: Wrong): Promise<Shown> {
  return troublePage(around({ address: null, language: null, ...asked }), db, wrong)
}

async function troublePage({ say, page }: Around, db: Db, wrong: Wrong): Promise<Shown> {
  const writeTo = (await ownSender(db as unknown as Tx))?.address ?? null
  return {
    status: statuses[wrong],
    page: page(say(`trouble.${wrong}`), { lede: [say(`trouble.${wrong}Words`)], writeTo }),
  }
}
