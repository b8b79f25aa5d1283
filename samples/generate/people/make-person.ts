import { britishGiven, britishName, britishSurname } from '../british/names.ts'
import { addDays, asOf, dateBetween } from '../calendar.ts'
import { idCheck } from '../checksums.ts'
import { chineseName, givenName, type Sex } from '../chinese/names.ts'
import type { Random } from '../random.ts'
import type { Channel, Name, Person } from './person.ts'
import { drawAddress, drawLandline, drawPlace, type Place, type World } from './world.ts'

/** Some things may be settled beforehand (a family's home, a father's name); the rest is drawn. */
export type Given = Partial<
  Pick<Person, 'household' | 'address' | 'landline' | 'keep' | 'onlySource' | 'birth' | 'sex' | 'mobile' | 'email'>
> & {
  place?: Place
  family?: string
  givenName?: string
  bornBetween?: [string, string]
}

/**
 * The order code is 996–999, which GB 11643 set aside for people past a hundred and no register gives to others: the numbers are
 * well formed and check, and are nobody's. Odd is a man, even a woman.
 */
function idNumber(random: Random, place: Place, birth: string, sex: Sex): string | null {
  if (place.country !== 'CN') return null
  const order = random.pick(sex === 'M' ? ['997', '999'] : ['996', '998'])
  const first17 = place.district.code + birth.replaceAll('-', '') + order
  return first17 + idCheck(first17)
}

/** Ages at the date of the export: most of those who buy are between 25 and 60. */
const drawBirth = (random: Random): string => {
  const [low, high] = random.weighted<[number, number]>([
    [[18, 24], 8],
    [[25, 34], 27],
    [[35, 44], 28],
    [[45, 54], 20],
    [[55, 64], 11],
    [[65, 84], 6],
  ])
  return dateBetween(
    random,
    addDays(asOf, -Math.round((high + 1) * 365.25)),
    addDays(asOf, -Math.round(low * 365.25) - 1),
  )
}

/** People drift apart from what was written down of them: 1 in 10 has moved, 1 in 8 has a new mobile, 1 in 8 a new mailbox. */
const shares = {
  moved: 0.1,
  newMobile: 0.12,
  newEmail: 0.12,
  secondMobile: 0.1,
  secondAddress: 0.08,
  landline: 0.42,
  english: 0.03,
}

const consentShare: Record<Channel, number> = { sms: 0.68, email: 0.72, call: 0.56, letter: 0.8 }

export function makePerson(
  random: Random,
  world: World,
  id: string,
  customerNo: string | null,
  country: 'CN' | 'GB',
  given: Given = {},
): Person {
  const place = given.place ?? drawPlace(random, world, country)
  const sex = given.sex ?? random.pick<Sex>(['M', 'F'])
  const birth = given.birth ?? (given.bornBetween ? dateBetween(random, ...given.bornBetween) : drawBirth(random))
  const year = Number(birth.slice(0, 4))
  const name: Name =
    country === 'CN'
      ? chineseName(
          world.characters,
          given.family ?? random.weighted(world.surnames),
          given.givenName ?? givenName(random, sex, year),
        )
      : britishName(given.family ?? britishSurname(random), given.givenName ?? britishGiven(random, sex, year))
  const known = dateBetween(random, '2004-03-01', '2010-10-20')
  const address = given.address ?? drawAddress(random, world, place)
  return {
    id,
    kind: 'person',
    customerNo,
    household: given.household ?? '',
    name,
    sex,
    birth,
    idNumber: idNumber(random, random.chance(0.6) ? place : drawPlace(random, world, country), birth, sex),
    organisation: null,
    mobile: given.mobile ?? world.phones.mobile(random, country),
    oldMobile: random.chance(shares.newMobile) ? world.phones.mobile(random, country) : null,
    secondMobile: random.chance(shares.secondMobile) ? world.phones.mobile(random, country) : null,
    landline: given.landline ?? (random.chance(shares.landline) ? drawLandline(random, world, place) : null),
    email: given.email ?? world.emails.draw(random, name, birth),
    oldEmail: random.chance(shares.newEmail) ? world.emails.draw(random, name, birth) : null,
    address,
    oldAddress: random.chance(shares.moved) ? drawAddress(random, world, drawPlace(random, world, country)) : null,
    secondAddress: random.chance(shares.secondAddress) ? drawAddress(random, world, place) : null,
    speaksEnglish: country === 'GB' || random.chance(shares.english),
    known,
    moved: dateBetween(random, known, '2010-11-15'),
    consent: {
      sms: random.chance(consentShare.sms),
      email: random.chance(consentShare.email),
      call: random.chance(consentShare.call),
      letter: random.chance(consentShare.letter),
    },
    keep: given.keep ?? [],
    onlySource: given.onlySource ?? null,
  }
}
