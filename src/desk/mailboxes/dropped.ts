/** The files in what was dropped or chosen, folders opened. Leaves out what is no mail by its name: hidden files and indexes. */
const noMail = /(^|\/)(\.|dovecot|maildirfolder$)|\.(zip|gz|msf|index)$/i

type Entry = FileSystemEntry & Partial<FileSystemFileEntry> & Partial<FileSystemDirectoryEntry>

async function inside(entry: Entry): Promise<File[]> {
  if (noMail.test(entry.name)) return []
  if (entry.isFile) return [await new Promise<File>((done, fail) => entry.file?.(done, fail))]
  const reader = entry.createReader?.()
  const found: File[] = []
  // A folder tells at most a hundred of its entries at a time.
  while (reader) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail))
    if (some.length === 0) break
    for (const one of some) found.push(...(await inside(one as Entry)))
  }
  return found
}

export async function filesDropped(transfer: DataTransfer): Promise<File[]> {
  // All entries are taken at once: the list is empty after the first wait.
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry()).filter(entry => entry !== null)
  if (entries.length === 0) return [...transfer.files]
  return (await Promise.all(entries.map(entry => inside(entry as Entry)))).flat()
}

export const filesChosen = (list: FileList | null): File[] => [...(list ?? [])].filter(file => !noMail.test(file.name))

/** Loads to send: large files alone, small ones together, so that a folder of mails is no thousand requests. */
export function loads(files: File[]): File[][] {
  const all: File[][] = []
  let load: File[] = []
  let bytes = 0
  for (const file of files) {
    if (load.length > 0 && (load.length >= 100 || bytes + file.size > 8_000_000)) {
      all.push(load)
      load = []
      bytes = 0
    }
    load.push(file)
    bytes += file.size
  }
  if (load.length > 0) all.push(load)
  return all
}
