import type { Sex } from '../chinese/names.ts'

export type Name = {
  script: 'chinese' | 'latin'
  family: string
  given: string
  familyLatin: string
  givenLatin: string
}

export type Address = {
  country: 'CN' | 'GB'
  province: string
  city: string
  district: string
  postcode: string
  /** Area code of a landline here; in Britain the whole block Ofcom keeps for drama. */
  dial: string
  /** The same house as different hands write it; the first is the fullest. */
  lines: string[]
  latinLines: string[]
  latinTown: string
}

export type Channel = 'sms' | 'email' | 'call' | 'letter'
export const channels: Channel[] = ['sms', 'email', 'call', 'letter']

/** What is true of one invented customer, organisation or prospect. */
export type Person = {
  id: string
  kind: 'person' | 'organisation'
  customerNo: string | null
  household: string
  name: Name
  sex: Sex
  birth: string
  idNumber: string | null
  organisation: { name: string; nameLatin: string; creditCode: string | null } | null
  mobile: string
  oldMobile: string | null
  secondMobile: string | null
  landline: string | null
  email: string
  oldEmail: string | null
  address: Address
  oldAddress: Address | null
  secondAddress: Address | null
  speaksEnglish: boolean
  /** When the company first knew them; when the old values were left behind. */
  known: string
  moved: string
  consent: Record<Channel, boolean>
  /** Told from somebody else by this alone, so no source may miss it (father and son of one name; twins of one birthday). */
  keep: ('birth' | 'idNumber')[]
  onlySource: 'crm' | null
}
