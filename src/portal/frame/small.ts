/** What is the same for everybody, made small once and sent so to whoever reads it. Not for pages in which somebody's own words stand beside a secret (BREACH). */
import { gzipSync } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'

const made = new Map<string, Buffer>()
const most = 60

/** `version` names what it holds. */
export function sendSmall(request: FastifyRequest, reply: FastifyReply, body: string | Buffer, version: string) {
  reply.header('vary', 'accept-encoding')
  if (!takesGzip(request)) return reply.send(body)
  const small = made.get(version) ?? gzipSync(body, { level: 9 })
  made.delete(version)
  made.set(version, small)
  if (made.size > most) made.delete(made.keys().next().value!)
  return reply.header('content-encoding', 'gzip').send(small)
}

export const takesGzip = ({ headers }: FastifyRequest) => /\bgzip\b/.test(String(headers['accept-encoding'] ?? ''))
