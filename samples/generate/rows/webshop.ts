import { instantOn } from '../calendar.ts'
import type { Address } from '../people/person.ts'
import type { Random } from '../random.ts'
import { writeMobile } from './phone-styles.ts'
import type { Sighting } from './sighting.ts'

/** The wording of the consent text changed in June 2009. */
const wording = (date: string) => (date < '2009-06-01' ? '2008-1' : '2009-2')

const shopAddress = (address: Address, postcode: string | null, style: number) => ({
  country: address.country,
  province: address.province || undefined,
  city: address.city,
  district: address.district || undefined,
  line1: address.lines[style],
  postcode: postcode ?? undefined,
})

export function webshopLine(random: Random, row: Sighting): string {
  const { name, person } = row
  const [created, updated] = [instantOn(random, row.created), instantOn(random, row.updated)].sort()
  const full = name
    ? name.script === 'chinese'
      ? name.family + name.given
      : `${name.given} ${name.family}`
    : undefined
  const handle = row.email?.includes('@') ? row.email.split('@')[0] : undefined
  const account = {
    accountId: row.key,
    customerNo: row.customerNo ?? undefined,
    accountType: row.company ? 'business' : 'personal',
    displayName: name && handle && random.chance(0.12) ? handle : full,
    givenName: name?.given,
    familyName: name?.family,
    companyName: row.company ?? undefined,
    gender: row.company ? undefined : (row.sex ?? undefined),
    email: row.email ?? undefined,
    mobile: row.mobile ? writeMobile(random, row.mobile, 0.75) : undefined,
    birthday: row.birth ?? undefined,
    address: row.address ? shopAddress(row.address, row.postcode, random.int(0, 2)) : undefined,
    deliveryAddress: row.address2 ? shopAddress(row.address2, row.address2.postcode, 0) : undefined,
    consents: row.consents.map(({ channel, granted, date }) => ({
      channel,
      granted,
      at: instantOn(random, date),
      wording: wording(date),
    })),
    locale: person.speaksEnglish ? 'en-GB' : 'zh-CN',
    loyaltyPoints: 0,
    createdAt: created,
    updatedAt: updated,
  }
  // A number too long for any type must stay in the text as it was typed.
  return `${JSON.stringify(account).replace('"loyaltyPoints":0', `"loyaltyPoints":${row.points}`)}\n`
}
