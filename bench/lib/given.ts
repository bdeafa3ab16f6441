/** Reads a bench's options: `--size 10000 --only open,send --json`. Refuses what it does not know, so that a slip does not measure something else. */
export function given<Name extends string, Part extends string = never>(
  known: Record<Name, number>,
  parts: readonly Part[] = [],
): Record<Name, number> & { json: boolean; only: ReadonlySet<Part> } {
  const read: Record<string, unknown> = { ...known, json: false, only: new Set(parts) }
  const words = process.argv.slice(2)
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const name = word.replace(/^--/, '')
    if (word === '--json') read.json = true
    else if (word === '--only' && parts.length > 0) {
      const named = (words[++at] ?? '').split(',')
      if (!named.every(each => (parts as readonly string[]).includes(each)))
        end(`--only wants some of: ${parts.join()}`)
      read.only = new Set(named)
    } else if (word.startsWith('--') && name in known) {
      const value = Number(words[++at])
      if (!Number.isInteger(value) || value < 1) end(`--${name} wants a whole number above 0.`)
      read[name] = value
    } else {
      const numbers = Object.keys(known).map(each => `--${each} N`)
      const some = parts.length > 0 ? [`--only ${parts.join()}`] : []
      end(`${word} is not known here. Options: ${['--json', ...numbers, ...some].join(' ')}`)
    }
  }
  return read as Record<Name, number> & { json: boolean; only: ReadonlySet<Part> }
}

function end(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
