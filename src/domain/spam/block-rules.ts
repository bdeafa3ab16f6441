/** Whom one may block: an address, or a domain that is not half the world's and not our own. Pure. */
import { normalDomain, readAddress } from '../people/rules.ts'

/** Millions write from these: whoever blocks one means an address there. */
const everybodys = new Set(
  `gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com mac.com aol.com proton.me
  protonmail.com pm.me gmx.de gmx.net gmx.at gmx.ch web.de t-online.de freenet.de posteo.de mailbox.org mail.ru yandex.ru
  qq.com 163.com 126.com sina.com naver.com daum.net free.fr orange.fr wanadoo.fr sfr.fr laposte.net hotmail.fr hotmail.co.uk
  btinternet.com sky.com virginmedia.com libero.it tiscali.it virgilio.it terra.es hotmail.es ziggo.nl kpnmail.nl bluewin.ch
  zoho.com fastmail.com tutanota.com comcast.net verizon.net att.net sbcglobal.net rediffmail.com uol.com.br bol.com.br`
    .split(/\s+/)
    .filter(Boolean),
)

export type Blockable = { kind: 'address' | 'domain'; normal: string }

const looksLikeDomain = /^@?([^\s@]+\.[^\s@.]{2,63})\.?$/

/** "ana@x.org", "x.org" or "@x.org"; null for what is neither. */
export function readSender(text: string): Blockable | null {
  const at = looksLikeDomain.exec(text.trim())?.[1]
  const domain = at ? normalDomain(at) : null
  if (domain) return { kind: 'domain', normal: domain }
  const address = readAddress(text)
  return address ? { kind: 'address', normal: address.normal } : null
}

export function isEverybodys(name: string): boolean {
  return everybodys.has(name)
}

export function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1).toLowerCase()
}

/** Under which names this sender may be blocked: the address, its domain, and the domains above. */
export function namesOf(address: string): string[] {
  const labels = domainOf(address).split('.').slice(-8)
  return [address, ...labels.map((_, at) => labels.slice(at).join('.')).slice(0, Math.max(1, labels.length - 1))]
}
