/** Check characters of Chinese identifiers. */

const idWeights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11643-1999 (ISO 7064 MOD 11-2): the 18th character of an ID card number from its first 17 digits. */
export function idCheck(first17: string): string {
  const sum = idWeights.reduce((total, weight, at) => total + weight * Number(first17[at]), 0)
  return '10X98765432'[sum % 11] ?? ''
}

export const idIsValid = (id: string): boolean => /^\d{17}[\dX]$/.test(id) && idCheck(id.slice(0, 17)) === id[17]

const organisationAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'
const organisationWeights = [3, 7, 9, 10, 5, 8, 4, 2]

/** GB 11714: the ninth character of an organisation code, inside the credit code at 9–17. */
export function organisationCheck(first8: string): string {
  const sum = organisationWeights.reduce(
    (total, weight, at) => total + weight * organisationAlphabet.indexOf(first8[at] ?? ''),
    0,
  )
  const check = 11 - (sum % 11)
  return check === 10 ? 'X' : check === 11 ? '0' : String(check)
}

/** GB 32100-2015 leaves out I, O, S, V, Z. */
const creditAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'
const creditWeights = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]

/** GB 32100-2015 (MOD 31-3): the 18th character of a unified social credit code from its first 17. */
export function creditCheck(first17: string): string {
  const sum = creditWeights.reduce((total, weight, at) => total + weight * creditAlphabet.indexOf(first17[at] ?? ''), 0)
  return creditAlphabet[(31 - (sum % 31)) % 31] ?? ''
}

export const creditCodeIsValid = (code: string): boolean =>
  new RegExp(`^[${creditAlphabet}]{18}$`).test(code) &&
  organisationCheck(code.slice(8, 16)) === code[16] &&
  creditCheck(code.slice(0, 17)) === code[17]
