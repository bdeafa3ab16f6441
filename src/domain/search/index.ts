/** Search as other slices use it: index rows of messages, and what was typed as questions for the index. */
export { folded, tokensOf } from './rules.ts'
export { lexeme, queryOf, shareOf, type Typed, type Unit, unitsOf } from './sought.ts'
export { type Statistics, statisticsOf } from './statistics.ts'
export { queryOfStretch, stretches } from './stretch.ts'
export { teamLexeme } from './vector.ts'
export { indexFiles, indexMessages } from './write.ts'
