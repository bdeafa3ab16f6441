/**
 * What the first load of the desk leaves out: shapes, which only the server checks, and words of screens that are not
 * open yet. Works on our own files alone; what it does not know it leaves as it is.
 */
import { readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Plugin } from 'vite'

const source = join(import.meta.dirname, '../..')
const ours = (id: string, ...folders: string[]) => folders.some(folder => id.startsWith(join(source, folder, '/')))

type Node = { type: string; start: number; end: number; [key: string]: unknown }

/** An endpoint keeps its method and path, a list of names its names; shapes nobody here asks for are marked as such, and vanish. */
export function withoutShapes(): Plugin {
  return {
    name: 'without-shapes',
    apply: 'build',
    transform: {
      order: 'post',
      handler(code, id) {
        if (!ours(id, 'contract')) return null
        const edits: { start: number; end: number; text: string }[] = []
        let lists = false
        for (const init of constants(this.parse(code) as unknown as Node)) {
          if (init.type !== 'CallExpression' && init.type !== 'ObjectExpression') continue
          const [callee, given] = [init.callee as Node | undefined, init.arguments as Node[]]
          const said = callee ? code.slice(callee.start, callee.end) : ''
          if (said === 'z.enum') lists = true
          // Called without consequences, however long its chain of calls is: where nobody asks for it, it goes.
          const text =
            said === 'endpoint'
              ? `/* @__PURE__ */ ${code.slice(init.start, given[1]!.end)})`
              : said === 'z.enum'
                ? `/* @__PURE__ */ namesOf${code.slice(callee!.end, init.end)}`
                : `/* @__PURE__ */ (() => (${code.slice(init.start, init.end)}))()`
          edits.push({ start: init.start, end: init.end, text })
        }
        let made = code
        for (const { start, end, text } of edits.reverse()) made = made.slice(0, start) + text + made.slice(end)
        const names = JSON.stringify(join(source, 'desk/names.ts'))
        return { code: lists ? `import { namesOf } from ${names}\n${made}` : made, map: null }
      },
    },
  }
}

/** What the constants of a file are made from. */
function constants(program: Node): Node[] {
  return (program.body as Node[])
    .map(one => (one.type === 'ExportNamedDeclaration' ? ((one.declaration as Node | null) ?? one) : one))
    .filter(one => one.type === 'VariableDeclaration')
    .flatMap(one => (one.declarations as Node[]).map(({ init }) => init as Node | null))
    .filter(init => init !== null)
}

/**
 * English words come with the screens that say them. `words/desk.ts` lists the parts; whoever says `t('part:…')` brings
 * that part along. Every other language is one file anyway.
 */
export function wordsWithScreens(): Plugin {
  const list = join(source, 'words/desk.ts')
  const parts = [...readFileSync(list, 'utf8').matchAll(/from '\.\/en\/([a-z-]+)\.json'/g)].map(([, part]) => part!)
  const virtual = 'virtual:words/'
  return {
    name: 'words-with-screens',
    apply: 'build',
    enforce: 'pre',
    resolveId: id => (id.startsWith(virtual) ? `\0${id}` : null),
    load(id) {
      if (id === list) return "export { t } from './catalogue.ts'"
      if (!id.startsWith(`\0${virtual}`)) return null
      const part = basename(id)
      return `import { addWords } from ${JSON.stringify(join(source, 'words/catalogue.ts'))}
import words from ${JSON.stringify(join(source, `words/en/${part}.json`))}
addWords('en', '${part}', words)`
    },
    transform(code, id) {
      if (!ours(id, 'desk', 'ui', 'contract', 'words') || !/\.tsx?$/.test(id)) return null
      const said = parts.filter(part => new RegExp(`['"\`]${part}:[\\w$]`).test(code))
      if (said.length === 0) return null
      return { code: `${said.map(part => `import '${virtual}${part}'`).join(';')};${code}`, map: null }
    },
  }
}
