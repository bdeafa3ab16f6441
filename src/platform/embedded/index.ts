/** The PostgreSQL that comes with Pond. Refuses nothing; its parts say what they refuse. */
export { type EmbeddedDatabase, startEmbedded } from './embedded.ts'
export { forTests } from './settings.ts'
