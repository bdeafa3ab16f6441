/** Signatures as other slices and the wiring use them. */
export { signatureRoutes } from './routes.ts'
export { type Signed, signatureFor, standsThere } from './signatures.ts'
