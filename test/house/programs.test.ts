import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { canReach } from '../../src/platform/embedded/runner.ts'
import { ordinary, root } from './installation.ts'

const script = join(import.meta.dirname, '../../scripts/house/programs.mjs')

test.skipIf(!canReach(ordinary, script, 'r'))(
  'an ordinary user is told by name what to install, and nothing is tried',
  () => {
    const missing = JSON.stringify([{ name: 'postfix', paths: ['/nowhere'] }])
    const code = `import(${JSON.stringify(script)}).then(it => console.log(it.installPrograms(${missing})))`
    const as = ordinary ? { uid: ordinary.uid, gid: ordinary.gid, cwd: '/' } : {}
    const asked = spawnSync(process.execPath, ['-e', code], { ...as, encoding: 'utf8' })
    expect(asked.stdout, asked.stderr).toContain('sudo apt-get install --no-install-recommends postfix')
  },
)

test.skipIf(!root || !existsSync('/usr/sbin/postfix') || !existsSync('/usr/bin/apt-get'))(
  'a mail server that is installed is not replaced: the dry run names what would go',
  { timeout: 120_000 },
  async () => {
    const { wouldRemove } = (await import(script)) as { wouldRemove: (names: string[]) => string[] }
    expect(wouldRemove(['exim4-daemon-light'])).toContain('postfix')
    expect(wouldRemove(['postfix'])).toEqual([])
  },
)
