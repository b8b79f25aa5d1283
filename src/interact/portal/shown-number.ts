import { parsePhoneNumberFromString } from 'libphonenumber-js/min'
import type { Address } from './known-by.ts'

/** +86 138 1234 5678, its parts kept on one line; what is no number stays as it is. */
export const shownNumber = (number: string): string =>
  parsePhoneNumberFromString(number)?.formatInternational().replaceAll(' ', '\u00a0') ?? number

export const shownAddress = ({ channel, address }: Address): string =>
  channel === 'sms' ? shownNumber(address) : address
