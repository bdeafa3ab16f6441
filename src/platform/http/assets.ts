/** Serves what Vite built for browsers, and the desk's one page for every address of the desk. Refuses anything outside that folder. */
import { existsSync } from 'node:fs'
import { join, sep } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyInstance } from 'fastify'
import { absent } from './refusal.ts'

const year = 31_536_000

export async function serveAssets(app: FastifyInstance, folder: string) {
  await app.register(fastifyStatic, { root: folder, serve: false, cacheControl: false, preCompressed: true })
  app.get('/*', { config: { right: 'anyone' } }, async (request, reply) => {
    const path = (request.params as { '*': string })['*']
    reply.header('vary', 'accept-encoding')
    if (path.startsWith('api/') || path.startsWith('files/') || path.startsWith('raw/') || path.startsWith('pictures/'))
      throw absent()
    const isFile = /\.[a-z0-9]{2,12}$/i.test(path)
    // Whether a file is there is told of this folder only (S20).
    const inside = !path.includes('\0') && join(folder, path).startsWith(join(folder, sep))
    if (isFile && inside && existsSync(join(folder, path))) {
      reply.header('cache-control', path.startsWith('assets/') ? `public, max-age=${year}, immutable` : 'no-cache')
      return reply.sendFile(path)
    }
    if (isFile || !String(request.headers.accept ?? '').includes('text/html')) throw absent()
    reply.header('cache-control', 'no-cache')
    return reply.sendFile('index.html')
  })
}
