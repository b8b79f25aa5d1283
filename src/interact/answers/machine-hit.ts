/**
 * Who opened, who clicked: a person, or a machine that looks at mail before or instead of one. Mail programs fetch pictures through
 * proxies, Apple's fetches all of them when the mail arrives (Mail Privacy Protection, 2021), security gateways follow every link.
 */
export interface Hit {
  id: string
  use: 'open' | 'click'
  /** '' of an open. */
  target: string
  at: number
  method: string
  userAgent: string
  /** Says itself that it fetches ahead. */
  purpose: string
}

export type MachineWhy = 'prefetch' | 'apple-mpp' | 'scanner' | 'all-links' | 'too-soon'

const SCANNERS =
  /barracuda|proofpoint|mimecast|fortimail|fortiguard|trendmicro|symantec|messagelabs|cloudmark|ironport|sophos|forcepoint|zscaler|bitdefender|kaspersky|safelinks|bingpreview|skypeuripreview|slackbot|facebookexternalhit|twitterbot|whatsapp|telegrambot|linkpreview|googlebot|baiduspider|headlesschrome|phantomjs|python-requests|curl\/|wget\/|go-http-client|java\/|okhttp|\bbot\b|crawler|spider/i

/** One hit by itself. Google's proxy fetches when the person opens, so it counts as a person. */
export function machineAlone({ use, method, userAgent, purpose }: Hit): MachineWhy | null {
  if (method === 'HEAD' || /prefetch|preview/i.test(purpose)) return 'prefetch'
  if (SCANNERS.test(userAgent) || userAgent === '') return 'scanner'
  // Apple's proxies give no more than this; no browser does.
  if (use === 'open' && userAgent.trim() === 'Mozilla/5.0') return 'apple-mpp'
  return null
}

/** A person does not follow three links, nor two in the same second, in so short a time. */
const BURST_MS = 5000
const INSTANT_MS = 1000
/** Nobody reads a mail in the seconds in which it was handed over. */
const TOO_SOON_MS = 2000

/** Hits of one communication together, with the moment at which it was handed over (0: not known). */
export function machineTogether(hits: readonly Hit[], sentAt: number): (MachineWhy | null)[] {
  const clicks = hits.filter(({ use }) => use === 'click')
  return hits.map(hit => {
    const alone = machineAlone(hit)
    if (alone) return alone
    if (hit.use === 'open') return null
    const within = (ms: number) =>
      new Set(clicks.filter(other => Math.abs(other.at - hit.at) <= ms).map(({ target }) => target)).size
    if (within(BURST_MS) >= 3 || within(INSTANT_MS) >= 2) return 'all-links'
    return sentAt > 0 && hit.at - sentAt < TOO_SOON_MS ? 'too-soon' : null
  })
}
