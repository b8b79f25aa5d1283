/** Links of one message: the ones for the customer's wishes, and its own, led past us so that a click is known. */
import { z } from 'zod'
import type { Data } from '../compose/check-data.ts'
import { type LinkUse, linkToken } from './link-token.ts'

/** As the data of a communication hold them. */
const linksSchema = z.object({
  key: z.string().min(20).max(100),
  /** Where customers' browsers reach us, without a slash at the end; '' when nobody has said. */
  base: z.string().max(300),
  opens: z.boolean(),
  clicks: z.boolean(),
})
export type MessageLinks = z.infer<typeof linksSchema>

export const linksIn = (data: Data): MessageLinks | undefined => linksSchema.safeParse(data['links']).data

/** Without an address of our own the company's web site hands on what comes to it under `unsubscribeUrl`. */
export function wishLink(
  links: MessageLinks,
  use: Extract<LinkUse, 'u' | 'p'>,
  id: string,
  companyUrl: string,
): string {
  const token = linkToken(links.key, use, id)
  return links.base === '' ? `${companyUrl}${use === 'p' ? 'p/' : ''}${token}` : `${links.base}/${use}/${token}`
}

const ATTRIBUTES: [RegExp, string][] = [
  [/&amp;/g, '&'],
  [/&quot;/g, '"'],
  [/&#39;/g, "'"],
]
const plain = (value: string): string => ATTRIBUTES.reduce((text, [entity, char]) => text.replace(entity, char), value)

/** Web addresses that lead elsewhere; ours are left alone. Longer ones than a mail program opens are left alone, too. */
export function trackedHtml(html: string, links: MessageLinks, id: string): string {
  if (links.base === '') return html
  const ours = `${links.base}/`
  const led = links.clicks
    ? html.replace(
        /(<a\b[^>]*?\bhref=")(https?:\/\/[^"]{1,1500})(")/gi,
        (whole, before: string, url: string, after: string) => {
          const target = plain(url)
          return target.startsWith(ours) ? whole : `${before}${ours}c/${linkToken(links.key, 'c', id, target)}${after}`
        },
      )
    : html
  if (!links.opens) return led
  const picture = `<img src="${ours}o/${linkToken(links.key, 'o', id)}.gif" width="1" height="1" alt="" style="display:none">`
  const end = led.lastIndexOf('</body>')
  return end < 0 ? led + picture : led.slice(0, end) + picture + led.slice(end)
}
