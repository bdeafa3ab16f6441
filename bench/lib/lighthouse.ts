/** Asks Lighthouse, which is installed for this alone: it stays out of Pond's own lock. On a desk: that is where the desk is used. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figures, progress } from './figures.ts'

const folder = join(import.meta.dirname, '../lighthouse')

const categories = {
  performance: 'Performance',
  accessibility: 'Accessibility',
  'best-practices': 'BestPractices',
  seo: 'Seo',
}
type Category = keyof typeof categories

type Asking = {
  executablePath: string
  args: string[]
  cookie?: string
  /** a phone on a slow line, unless it is a page for a desk */
  desktop?: boolean
  /** of every figure */
  prefix?: string
  of: readonly Category[]
}

/** Scores out of a hundred; what costs one is told on the way. */
export async function lighthouse(
  address: string,
  { executablePath, args, cookie, desktop = false, prefix = 'lighthouse', of }: Asking,
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
        ...(desktop ? ['--preset=desktop'] : []),
        `--only-categories=${of.join()}`,
        '--output=json',
        `--output-path=${report}`,
        ...(cookie ? [`--extra-headers=${JSON.stringify({ cookie })}`] : []),
        `--chrome-flags=--headless=new ${args.join(' ')}`,
        '--quiet',
      ],
      { cwd: out, env: { ...process.env, CHROME_PATH: executablePath }, stdio: ['ignore', 2, 2] },
    )
    if (done.status !== 0) throw new Error(`Lighthouse ended with ${done.status}`)
    const told = JSON.parse(readFileSync(report, 'utf8')) as {
      categories: Record<string, { score: number; auditRefs: { id: string; weight: number }[] }>
      audits: Record<string, { score: number | null; title: string; displayValue?: string }>
    }
    for (const each of of)
      for (const { id, weight } of told.categories[each]!.auditRefs) {
        const { score, title, displayValue = '' } = told.audits[id]!
        if (weight > 0 && score !== null && score < 0.995) progress(`${prefix}: ${each}: ${title} ${displayValue}`)
      }
    return Object.fromEntries(
      of.map(each => [`${prefix}${categories[each]}`, Math.round(told.categories[each]!.score * 100)]),
    )
  } finally {
    rmSync(out, { recursive: true, force: true })
  }
}
