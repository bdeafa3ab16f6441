/** The sample organisation: marked, and removed in one go. */
import { Done, endpoint, Nothing } from './kit.ts'

/** Adds it: administrators only. Refused with code `sample-here` when it is there already. */
export const addSample = endpoint('POST', '/api/v1/sample', Nothing, Done)
/** Removes everything that belongs to it, and nothing else. */
export const removeSample = endpoint('DELETE', '/api/v1/sample', Nothing, Done)
