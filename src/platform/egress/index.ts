/** The way out to addresses that others named. */
export {
  type Egress,
  type EgressAnswer,
  type EgressAsk,
  type EgressFault,
  EgressProblem,
  openEgress,
} from './egress.ts'
export { mayConnectTo } from './public-address.ts'
