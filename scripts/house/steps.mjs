/** Runs the steps of a check one after the other and counts them. Prints what a step says only when it fails. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { compiled, root, runtime } from './installed.mjs'

/** Programs of node_modules, started with our own Node: two of them own the name `tsc`, and the machine's Node may be too old. */
export const tool = path => join(root, 'node_modules', path)

/** `command`: arguments for Node. Returns whether it went well, and what it said. */
export function run(command, { show = false, env = {} } = {}) {
  return new Promise(done => {
    const child = spawn(runtime, command, {
      cwd: root,
      env: { ...process.env, ...compiled, PATH: `${tool('.bin')}:${process.env.PATH}`, ...env },
      stdio: show ? ['ignore', 'inherit', 'inherit'] : ['ignore', 'pipe', 'pipe'],
    })
    const said = []
    child.stdout?.on('data', chunk => said.push(chunk))
    child.stderr?.on('data', chunk => said.push(chunk))
    const end = signal => child.kill(signal)
    for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, end)
    child.once('error', error => done({ ok: false, said: error.message }))
    child.once('close', code => {
      for (const signal of ['SIGTERM', 'SIGINT']) process.off(signal, end)
      done({ ok: code === 0, said: Buffer.concat(said).toString() })
    })
  })
}

/** `steps`: `[name, () => Promise<{ ok, said }>]`. Two at a time, since the smallest machine has two cores. */
export async function runSteps(steps) {
  const count = { passed: 0, failed: 0 }
  const waiting = [...steps]
  async function work() {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const started = Date.now()
      const { ok, said } = await step[1]()
      count[ok ? 'passed' : 'failed']++
      console.log(`${ok ? 'ok    ' : 'FAILED'}  ${step[0]} (${((Date.now() - started) / 1000).toFixed(1)} s)`)
      if (!ok) console.log(said.trimEnd().replaceAll(/^/gm, '        '))
    }
  }
  await Promise.all([work(), work()])
  return count
}
