/** What a customer can be asked after, with the golden fields that answer it. */
export const VERIFIABLE = {
  mobile: ['mobile'],
  landline: ['landline'],
  email: ['email'],
  address: ['street', 'district', 'city', 'province', 'postcode'],
  name: ['name'],
  birth_date: ['birth_date'],
} as const
export type VerifiableField = keyof typeof VERIFIABLE
export const VERIFIABLE_FIELDS = Object.keys(VERIFIABLE) as [VerifiableField, ...VerifiableField[]]

/** The golden field whose value is shown, masked. */
export const leadOf = (field: VerifiableField): string => VERIFIABLE[field][0]
