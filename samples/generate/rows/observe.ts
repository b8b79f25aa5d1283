import { addDays, asOf, dateBetween } from '../calendar.ts'
import { type Address, channels, type Person } from '../people/person.ts'
import type { Random } from '../random.ts'
import type { Mistake, Sighting, Source, WrittenName } from './sighting.ts'

/** How often each source has a value that is there to be had. */
const present = {
  crm: {
    sex: 0.95,
    birth: 0.82,
    idNumber: 0.48,
    mobile: 0.93,
    mobile2: 0.6,
    landline: 0.75,
    email: 0.62,
    address: 0.88,
    address2: 0.7,
  },
  webshop: {
    sex: 0.4,
    birth: 0.5,
    idNumber: 0,
    mobile: 0.82,
    mobile2: 0,
    landline: 0,
    email: 0.99,
    address: 0.85,
    address2: 0.6,
  },
  callcentre: {
    sex: 0.5,
    birth: 0.48,
    idNumber: 0,
    mobile: 0.88,
    mobile2: 0.4,
    landline: 0.6,
    email: 0.4,
    address: 0.7,
    address2: 0,
  },
}
const neverAsked = 0.12
/** The shop asks for e-mail and SMS when an account is opened; the rest only those who look for it. */
const shopAsks = { email: 1, sms: 1, call: 0.15, letter: 0.15 }
/** A customer says the same to every source but for one answer in seven. */
const changedMind = 0.14

function writtenName(random: Random, source: Source, person: Person): WrittenName {
  const { name } = person
  if (name.script === 'latin')
    return { script: 'latin', family: name.family, given: name.given, givenFirst: !random.chance(0.04) }
  const pinyin =
    source === 'callcentre' ? random.chance(0.65) : source === 'webshop' ? random.chance(0.06) : random.chance(0.01)
  if (!pinyin) return { script: 'chinese', family: name.family, given: name.given, givenFirst: false }
  const given =
    random.chance(0.2) && name.given.length === 2 ? splitGiven(name.givenLatin, name.given.length) : name.givenLatin
  return { script: 'pinyin', family: name.familyLatin, given, givenFirst: random.chance(0.45) }
}

/** Some write Xiao Ming for Xiaoming: the second syllable starts where only one split leaves two syllables. */
function splitGiven(latin: string, syllables: number): string {
  const splits = [...latin.matchAll(/(?<=[aeiouvngr])(?=(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])[aeiouv])/gi)].map(
    match => match.index,
  )
  const at = syllables === 2 && splits.length === 1 ? splits[0] : undefined
  return at ? `${latin.slice(0, at)} ${latin.charAt(at).toUpperCase()}${latin.slice(at + 1)}` : latin
}

/** What a source knows of a person: what it was told when the row was last touched, so perhaps what has changed since. */
export function observe(random: Random, person: Person, source: Source): Sighting {
  const share = present[source]
  const created = dateBetween(random, person.known, addDays(asOf, -30))
  const updated = random.chance(0.35) ? created : dateBetween(random, created, addDays(asOf, -1))
  const before = updated < person.moved
  const mistakes: Mistake[] = []
  const then = (field: 'mobile' | 'email', old: string | null, now: string) => {
    if (!old || !before) return now
    mistakes.push({ field, error: 'old_value', truth: now })
    return old
  }
  const has = (chance: number) => random.chance(chance)
  const home = has(share.address) ? (before && person.oldAddress ? person.oldAddress : person.address) : null
  if (home && home !== person.address)
    mistakes.push({ field: 'address', error: 'old_value', truth: wholeAddress(person.address) })
  const consentDate = dateBetween(random, created, updated)
  const keepsBirth = person.keep.includes('birth')
  const mobile = has(share.mobile) ? then('mobile', person.oldMobile, person.mobile) : null
  const wantsEmail = has(share.email)
  const email = wantsEmail || !mobile ? then('email', person.oldEmail, person.email) : null
  return {
    source,
    key: '',
    person,
    customerNo: null,
    name: writtenName(random, source, person),
    company: person.organisation
      ? source === 'callcentre'
        ? person.organisation.nameLatin
        : person.organisation.name
      : null,
    creditCode:
      source === 'crm' && person.organisation?.creditCode && has(0.92) ? person.organisation.creditCode : null,
    sex: has(share.sex) ? person.sex : null,
    birth: person.kind === 'person' && (keepsBirth || has(share.birth)) ? person.birth : null,
    idNumber: source === 'crm' && (person.keep.includes('idNumber') || has(share.idNumber)) ? person.idNumber : null,
    mobile,
    mobile2: person.secondMobile && has(share.mobile2) ? person.secondMobile : null,
    landline: person.landline && has(share.landline) ? person.landline : null,
    email,
    address: home,
    postcode: home && has(0.9) ? home.postcode : null,
    address2: person.secondAddress && has(share.address2) ? person.secondAddress : null,
    consents: channels
      .filter(channel => !has(neverAsked) && (source !== 'webshop' || has(shopAsks[channel])))
      .map(channel => ({
        channel,
        granted: has(changedMind) ? !person.consent[channel] : person.consent[channel],
        date: source === 'webshop' ? dateBetween(random, created, updated) : consentDate,
      })),
    points: String(random.chance(0.15) ? 0 : random.int(1, 9000)),
    created,
    updated,
    mistakes,
    quarantine: false,
  }
}

export const wholeAddress = (address: Address): string =>
  address.country === 'CN'
    ? `${address.province === address.city ? '' : address.province}${address.city}${address.district}${address.lines[0]}`
    : `${address.lines[0]}, ${address.city}, ${address.postcode}`
