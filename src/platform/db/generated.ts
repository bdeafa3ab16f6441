/** Made by `npm run db:types` from the migrated database. Do not edit. */
// biome-ignore-all lint/suspicious/noExplicitAny: filled by the generator
export type DB = Record<string, never>
