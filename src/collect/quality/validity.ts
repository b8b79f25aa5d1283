/** What makes a value valid, as SQL over a column or expression; the readers of `standardise/` say the same value by value. */

/** Chinese mobile ranges in use and landlines by area code (MIIT numbering plan), after the country code. */
const MOBILE_CN = '1(3\\\\d|4[5-9]|5[0-35-9]|6[2567]|7[0-8]|8\\\\d|9[0-35-9])\\\\d{8}'
const LANDLINE_CN = '(10|2[0-57-9]|[3-9]\\\\d{2})[2-8]\\\\d{6,7}'

/** E.164; of Chinese numbers only ranges in use. */
export const validPhone = (field: string): string =>
  `if(startsWith(${field}, '+86'), match(${field}, '^\\\\+86(${MOBILE_CN}|${LANDLINE_CN})$'), match(${field}, '^\\\\+[1-79]\\\\d{7,14}$'))`

/** Of countries whose mobile range is told by the number itself: China, Britain (Ofcom 07), Hong Kong, France, Australia. */
export const validMobile = (field: string): string =>
  `multiIf(startsWith(${field}, '+86'), match(${field}, '^\\\\+86${MOBILE_CN}$'),
      startsWith(${field}, '+44'), match(${field}, '^\\\\+447\\\\d{9}$'),
      startsWith(${field}, '+852'), match(${field}, '^\\\\+852[4-79]\\\\d{7}$'),
      startsWith(${field}, '+33'), match(${field}, '^\\\\+33[67]\\\\d{8}$'),
      startsWith(${field}, '+61'), match(${field}, '^\\\\+61[45]\\\\d{8}$'),
      ${validPhone(field)})`

export const validLandline = (field: string): string =>
  `multiIf(startsWith(${field}, '+86'), match(${field}, '^\\\\+86${LANDLINE_CN}$'),
      startsWith(${field}, '+44'), match(${field}, '^\\\\+44[1238]\\\\d{8,9}$'),
      ${validPhone(field)})`

/**
 * RFC 5321 §4.1.2, dot-atom or quoted local part, lengths of §4.5.3.1; a domain of at least two labels, the last not a number. As
 * `readEmail`; not the obsolete forms.
 */
export const validEmail = (field: string): string => {
  const at = `(length(${field}) - position(reverse(${field}), '@'))`
  return `(match(${field}, '^(?:[a-zA-Z0-9!#$%&\\'*+/=?^_\`{|}~\\\\x{80}-\\\\x{10FFFF}-]+(?:\\\\.[a-zA-Z0-9!#$%&\\'*+/=?^_\`{|}~\\\\x{80}-\\\\x{10FFFF}-]+)*|"(?:[^"\\\\\\\\\\\\r\\\\n]|\\\\\\\\[ -~])+")@(?:[a-zA-Z0-9\\\\x{80}-\\\\x{10FFFF}](?:[a-zA-Z0-9\\\\x{80}-\\\\x{10FFFF}-]{0,61}[a-zA-Z0-9\\\\x{80}-\\\\x{10FFFF}])?\\\\.)+[a-zA-Z0-9\\\\x{80}-\\\\x{10FFFF}](?:[a-zA-Z0-9\\\\x{80}-\\\\x{10FFFF}-]{0,61}[a-zA-Z0-9\\\\x{80}-\\\\x{10FFFF}])?$')
      AND NOT match(${field}, '\\\\.\\\\d+$') AND ${at} <= 64 AND length(${field}) - ${at} <= 254)`
}

/** GB 11643-1999: 17 digits and the check sign of ISO 7064 MOD 11-2. */
export const validResidentId = (field: string): string =>
  `(match(${field}, '^\\\\d{17}[\\\\dX]$') AND substring('10X98765432', toUInt8(arraySum((sign, weight) -> toUInt32OrZero(sign) * weight,
      arrayMap(i -> substring(${field}, i, 1), range(1, 18)), [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11) + 1, 1) = substring(${field}, 18, 1))`

/** GB 32100-2015: 17 signs of a 31-letter alphabet and a check sign modulo 31. */
export const validCreditCode = (field: string): string =>
  `(match(${field}, '^[0-9A-HJ-NPQRTUWXY]{18}$') AND substring('0123456789ABCDEFGHJKLMNPQRTUWXY', toUInt8((31 - arraySum((sign, weight) ->
      (position('0123456789ABCDEFGHJKLMNPQRTUWXY', sign) - 1) * weight, arrayMap(i -> substring(${field}, i, 1), range(1, 18)),
      [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28]) % 31) % 31) + 1, 1) = substring(${field}, 18, 1))`

export const validPostcode = `multiIf(
    country = 'CN', match(postcode, '^(0[1-7]|[1-8]\\\\d)\\\\d{4}$') AND postcode != '000000',
    country = 'GB', match(postcode, '^[A-Z]{1,2}\\\\d[A-Z\\\\d]? ?\\\\d[A-Z]{2}$'),
    true)`
