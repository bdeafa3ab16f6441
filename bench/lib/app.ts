/** The real app in a process of its own, on a port of its own and on the data folder of the bench. */
import { spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

export type App = { address: string; pid: number; gone: Promise<void>; stop(): Promise<void> }

/** Far more than a start takes; one that hangs is ended. */
const startsWithinMs = 60_000

export class AppHangs extends Error {}

const main = join(import.meta.dirname, '../../src/main.ts')

export async function startApp(
  dataDir: string,
  settings: Record<string, string> = {},
  options: { flags?: string[]; port?: number; quiet?: boolean } = {},
): Promise<App> {
  const port = options.port ?? (await freePort())
  // This flag and MALLOC_ARENA_MAX are what `npm run up` starts it with.
  const child = spawn(process.execPath, ['--max-semi-space-size=8', ...(options.flags ?? []), main], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      MALLOC_ARENA_MAX: '2',
      DATA_DIR: dataDir,
      HOST: '127.0.0.1',
      PORT: String(port),
      BASE_URL: `http://127.0.0.1:${port}`,
      LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', options.quiet ? 'ignore' : 2, options.quiet ? 'ignore' : 2, 'ipc'],
  })
  const gone = new Promise<void>(resolve => child.once('exit', () => resolve()))
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, startsWithinMs)
  const address = await new Promise<string>((ready, failed) => {
    child.on('message', (said: { is?: string; address?: string }) => said.is === 'ready' && ready(said.address!))
    child.once('exit', code =>
      failed(late ? new AppHangs() : new Error(`the app ended with ${code} before it was ready`)),
    )
  }).finally(() => clearTimeout(timer))
  return {
    address,
    pid: child.pid!,
    gone,
    async stop() {
      child.kill('SIGTERM')
      await gone
    },
  }
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise(resolve => server.close(resolve))
  return port
}
