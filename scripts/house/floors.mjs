/** Versions below which a part has a known hole, wherever it lies in the tree. Stands in for `npm audit`, which is not reachable everywhere. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './installed.mjs'

const floors = {
  nodemailer: '9.1.0',
  mailparser: '3.9.3',
  'sanitize-html': '2.17.0',
  dompurify: '3.2.4',
  fastify: '5.3.2',
  '@fastify/multipart': '9.0.3',
  'find-my-way': '9.0.1',
  'fast-uri': '3.0.5',
  ws: '8.17.1',
  'path-to-regexp': '8.2.0',
  'brace-expansion': '1.1.12',
  'js-yaml': '3.14.2',
  undici: '6.21.2',
  vite: '7.1.11',
  tar: '7.5.2',
  'node-forge': '1.3.2',
}

export async function checkFloors() {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  const low = Object.entries(packages)
    .map(([path, { version }]) => ({ name: path.split('node_modules/').at(-1), path, version }))
    .filter(({ name, version }) => version && Object.hasOwn(floors, name) && isBelow(version, floors[name]))
    .map(({ name, path, version }) => `${path} is ${version}; ${name} has known holes below ${floors[name]}`)
  return { ok: low.length === 0, said: low.join('\n') }
}

function isBelow(version, floor) {
  const [a, b] = [version, floor].map(text => text.split('-')[0].split('.').map(Number))
  for (let at = 0; at < 3; at++) if (a[at] !== b[at]) return a[at] < b[at]
  return false
}
