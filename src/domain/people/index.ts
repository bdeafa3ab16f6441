/** People and their addresses, as other slices use them. */
export { type Address, addressOf, peopleLike, personByAddress } from './queries.ts'
export { peopleRoutes } from './routes.ts'
export { cleanName, normalDomain, type ReadAddress, readAddress, readName } from './rules.ts'
export {
  changePerson,
  type Found,
  findOrMakePeople,
  liftSuspension,
  type Named,
  suspendAddress,
  verifyAddress,
} from './tables.ts'
