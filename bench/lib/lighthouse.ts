/** Asks Lighthouse, which is installed for this alone: it stays out of Pond's own lock. On a desk: that is where the desk is used. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figures, progress } from './figures.ts'

const folder = join(import.meta.dirname, '../lighthouse')

export async function lighthouse(
  address: string,
  { executablePath, args, cookie }: { executablePath: string; args: string[]; cookie: string },
): Promise<Figures> {
  progress('Lighthouse')
  if (!existsSync(join(folder, 'node_modules/lighthouse'))) {
    progress('installing Lighthouse')
    const done = spawnSync('npm', ['ci', '--ignore-scripts', '--omit=optional', '--loglevel=error'], {
      cwd: folder,
      stdio: ['ignore', 2, 2],
    })
    if (done.status !== 0) throw new Error('Lighthouse could not be installed')
  }
  const out = mkdtempSync(join(tmpdir(), 'pond-lighthouse-'))
  const report = join(out, 'report.json')
  try {
    const done = spawnSync(
      process.execPath,
      [
        join(folder, 'node_modules/lighthouse/cli/index.js'),
        address,
        '--preset=desktop',
        '--only-categories=performance,accessibility',
        '--output=json',
        `--output-path=${report}`,
        `--extra-headers=${JSON.stringify({ cookie })}`,
        `--chrome-flags=--headless=new ${args.join(' ')}`,
        '--quiet',
      ],
      { cwd: out, env: { ...process.env, CHROME_PATH: executablePath }, stdio: ['ignore', 2, 2] },
    )
    if (done.status !== 0) throw new Error(`Lighthouse ended with ${done.status}`)
    const { categories } = JSON.parse(readFileSync(report, 'utf8')) as { categories: Record<string, { score: number }> }
    return {
      lighthousePerformance: Math.round(categories.performance!.score * 100),
      lighthouseAccessibility: Math.round(categories.accessibility!.score * 100),
    }
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
