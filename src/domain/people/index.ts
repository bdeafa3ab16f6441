/** People and their addresses, as other slices use them. */
export {
  type Address,
  addressByNumber,
  addressOf,
  type NumberedAddress,
  peopleLike,
  personByAddress,
} from './queries.ts'
export {
  dropAddress,
  insertAddress,
  liftAddress,
  lockPeople,
  makePersonRow,
  openPerson,
  type PersonRow,
  setRefusal,
} from './records.ts'
export { peopleRoutes } from './routes.ts'
export { type ReadAddress, readAddress } from './rules.ts'
export {
  changePerson,
  type Found,
  findOrMakePeople,
  type Named,
  verifyAddress,
} from './tables.ts'
