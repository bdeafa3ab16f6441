/** HTTP for the sample organisation: administrators add it and remove it. */
import type { FastifyInstance } from 'fastify'
import * as contract from '../../contract/sample.ts'
import { serve } from '../../platform/http/index.ts'
import type { Rights } from '../access/index.ts'
import { addSample, removeSample, type SampleParts } from './commands.ts'

export function sampleRoutes(app: FastifyInstance, parts: SampleParts & { rights: Rights }) {
  serve(app, contract.addSample, parts.rights.administrator, async (_, { actor, now }) => {
    await addSample(parts, actor.personId, now)
    return { done: true as const }
  })
  serve(app, contract.removeSample, parts.rights.administrator, async (_, { actor, now }) => {
    await removeSample(parts, actor.personId, now)
    return { done: true as const }
  })
}
