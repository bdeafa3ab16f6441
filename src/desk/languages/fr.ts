/** All the desk's words in French, as one file that is loaded by whoever reads it. */
export const parts: Record<string, { default: Record<string, string> }> = import.meta.glob(
  [
    '../../words/fr/*.json',
    '!**/{mail,refusals,access,channels,sample,notifications-server,asks-server,articles,community-server,ledger-server,widget,help}.json',
  ],
  { eager: true },
)
