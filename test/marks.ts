/** The routes that tests of tags, fields, priority, following and mentions go through. */
import { conversationRoutes } from '../src/domain/conversations/index.ts'
import { markRoutes } from '../src/domain/marks/index.ts'
import { noNudges } from './desk.ts'
import type { TestDesk } from './people.ts'

export function markedRoutes({ app, database, access, files }: TestDesk): void {
  const parts = { db: database.db, rights: access.rights, nudges: noNudges }
  markRoutes(app, parts)
  conversationRoutes(app, { ...parts, files })
}
