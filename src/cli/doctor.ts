/** `pond doctor`: everything a new installation gets wrong, each with what to do. Exit code 1 when something fails, 0 for warnings. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { ConfigProblem, readConfig } from '../platform/config/config.ts'
import { checkDatabase, connect } from './doctor/database.ts'
import { checkDesk } from './doctor/desk.ts'
import { fail, type Line, warn } from './doctor/finding.ts'
import { checkMachine } from './doctor/machine.ts'
import { withHouse } from './house.ts'

export async function doctor(options: { json?: boolean }): Promise<void> {
  const lines = await examine()
  if (options.json) console.log(JSON.stringify({ healthy: !lines.some(line => line.health === 'fail'), lines }))
  else for (const line of lines) show(line)
  if (lines.some(line => line.health === 'fail')) process.exitCode = 1
}

async function examine(): Promise<Line[]> {
  try {
    const config = readConfig(process.env)
    const lines = await checkMachine(config)
    const started =
      config.databaseUrl ||
      ['postgresql', 'database-elsewhere.json'].some(name => existsSync(join(config.dataDir, name)))
    // Looking must not make anything.
    if (!started) return [...lines, warn('database', 'there is none yet', 'It is made at the first start: npm run up.')]
    return [...lines, ...(await withHouse(house => examineDatabase(house.url)))]
  } catch (error) {
    if (error instanceof ConfigProblem)
      return error.problems.map(line => fail('configuration', line, 'Correct it and ask again.'))
    return [fail('database', (error as Error).message, 'See the log named there.')]
  }
}

async function examineDatabase(url: string): Promise<Line[]> {
  const found = await connect(url)
  if ('line' in found) return [found.line]
  try {
    const lines = await checkDatabase(found.client)
    const usable = lines.some(line => line.about === 'shape' && line.health === 'ok')
    return usable ? [...lines, ...(await checkDesk(found.client))] : lines
  } finally {
    await found.client.end()
  }
}

const marks = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' }

function show(line: Line) {
  console.log(`${marks[line.health]}  ${line.about}: ${line.says}`)
  if (line.remedy) console.log(`      → ${line.remedy}`)
}
