/** Addresses of pages, titles and searches without what may name a person: web addresses end up in lists and logs. */

/** Whatever stands on both sides of an @, quoted local parts included: rather too much than too little. */
const EMAIL = /[^\s/?=]*(?:@|%40)[^\s/?=]*/gi
/** Seven digits or more, with the usual separators: telephone, identity, card and account numbers alike. */
const NUMBER = /(?:\+|%2B)?\d(?:[\s().-]|%20|%2D)?(?:\d(?:[\s().-]|%20|%2D)?){5,}\d/gi
/** What campaigns name themselves by; every other query parameter is dropped. */
const KEPT = /^(?:utm_(?:source|medium|campaign|term|content)|q|query|search|s|page|category)$/i

export const stripText = (text: string): string => text.replace(EMAIL, '…').replace(NUMBER, '…').slice(0, 300)

/** Origin, path and the harmless parameters; '' when it is no web address. */
export function stripUrl(address: string): string {
  if (!URL.canParse(address)) return ''
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return ''
  const query = [...url.searchParams]
    .filter(([name]) => KEPT.test(name))
    .map(([name, value]) => [name, stripText(value)])
  const search = new URLSearchParams(query as [string, string][]).toString()
  return `${url.origin}${stripText(decoded(url.pathname))}${search ? `?${search}` : ''}`.slice(0, 600)
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}
