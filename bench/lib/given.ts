/** Reads a bench's options: `--size 10000 --json`. Refuses what it does not know, so that a slip does not measure something else. */
export function given<Name extends string>(known: Record<Name, number>): Record<Name, number> & { json: boolean } {
  const read: Record<string, number | boolean> = { ...known, json: false }
  const words = process.argv.slice(2)
  for (let at = 0; at < words.length; at++) {
    const word = words[at]!
    const name = word.replace(/^--/, '')
    if (word === '--json') read.json = true
    else if (word.startsWith('--') && name in known) {
      const value = Number(words[++at])
      if (!Number.isInteger(value) || value < 1) end(`--${name} wants a whole number above 0.`)
      read[name] = value
    } else
      end(
        `${word} is not known here. Options: --json ${Object.keys(known)
          .map(each => `--${each} N`)
          .join(' ')}`,
      )
  }
  return read as Record<Name, number> & { json: boolean }
}

function end(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
