/** Reads a list of people as it is pasted or typed: "Inês <i@x.example>, rui@y.example; third". What is no address comes back marked, never lost. Pure. */
import { mailAddressOf } from '../../contract/kit.ts'

export type Who = {
  address: string
  name: string
  /** it stands where an address should, and is none */
  wrong?: true
}
const most = 200

export function readAddresses(text: string): Who[] {
  const found: Who[] = []
  for (const piece of pieces(text).slice(0, most)) {
    const one = readOne(piece)
    if (one && !found.some(who => who.address.toLowerCase() === one.address.toLowerCase())) found.push(one)
  }
  return found
}

/** At commas, semicolons and line ends; a comma between quotes belongs to a name. */
function pieces(text: string): string[] {
  return text.match(/(?:"[^"]*"|<[^>]*>|[^,;\r\n\t])+/g) ?? []
}

export function readOne(piece: string): Who | null {
  const text = piece.trim()
  if (text === '') return null
  const named = /^(.*?)\s*<([^<>]+)>$/.exec(text)
  const address = mailAddressOf((named?.[2] ?? text).replace(/^mailto:/i, ''))
  if (address === null) return { address: text.slice(0, 320), name: '', wrong: true }
  return { address, name: (named?.[1] ?? '').replace(/^"|"$/g, '').trim().slice(0, 200) }
}

/** "a@x.example b@x.example": blanks part addresses where nothing else does. */
export function readPasted(text: string): Who[] {
  const parts = text.trim().split(/\s+/)
  if (parts.length > 1 && parts.every(part => mailAddressOf(part.replace(/[,;]$/, '')) !== null))
    return readAddresses(parts.join(','))
  return readAddresses(text)
}
