import { type CountryCode, parsePhoneNumberFromString } from 'libphonenumber-js'

const CN_MOBILE = /^1[3-9]\d{9}$/
const E164 = /^\+[1-9]\d{6,14}$/

/** E.164 with its plus sign, '' for what is no number. Providers write senders with and without plus, country code or zeros. */
export function e164(written: string, country: string): string {
  const bare = written.replace(/[\s()-]/g, '')
  if (E164.test(bare)) return bare
  if (CN_MOBILE.test(bare) && country === 'CN') return `+86${bare}`
  const home = parsePhoneNumberFromString(bare, country as CountryCode)
  if (home?.isValid()) return home.number
  const abroad = parsePhoneNumberFromString(`+${bare.replace(/^(\+|00)/, '')}`)
  return abroad?.isValid() ? abroad.number : ''
}
