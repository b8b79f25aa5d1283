import type { Cell } from '../csv.ts'
import type { Channel } from '../people/person.ts'
import type { Random } from '../random.ts'
import { writeLandline, writeMobile } from './phone-styles.ts'
import type { Sighting } from './sighting.ts'

export const callcentreHeader = [
  'Ref',
  'Member No',
  'Company',
  'Full Name',
  'Gender',
  'DOB',
  'Tel 1',
  'Tel 2',
  'E-mail',
  'Address',
  'Town',
  'Post Code',
  'Country',
  'Language',
  'OK to call',
  'OK to text',
  'OK to e-mail',
  'OK to post',
  'Consent Date',
  'Calls',
  'First Contact',
  'Last Contact',
]

const british = (date: string) => date.split('-').reverse().join('/')

function fullName(random: Random, row: Sighting): string {
  const { name } = row
  if (!name) return ''
  if (name.script === 'chinese') return name.family + name.given
  if (name.script === 'pinyin' && random.chance(0.12)) return `${name.family.toUpperCase()} ${name.given}`
  const title =
    name.script === 'latin' && row.sex && random.chance(0.25)
      ? row.sex === 'M'
        ? 'Mr '
        : random.pick(['Mrs ', 'Ms '])
      : ''
  return (
    title +
    (name.givenFirst
      ? `${name.given} ${name.family}`
      : `${name.family}, ${name.given}`.replace(', ', name.script === 'pinyin' ? ' ' : ', '))
  )
}

export function callcentreRow(random: Random, row: Sighting): Cell[] {
  const { person, address } = row
  const latin = row.name?.script !== 'chinese'
  const [yes, no] = random.chance(0.8) ? ['Y', 'N'] : ['Yes', 'No']
  const answer = (channel: Channel) => {
    const given = row.consents.find(consent => consent.channel === channel)
    return given ? (given.granted ? yes : no) : ''
  }
  const phones = [
    row.mobile ? writeMobile(random, row.mobile, 0.5) : null,
    row.landline ? writeLandline(random, row.landline, person.address.dial, person.address.country) : null,
    row.mobile2 ? writeMobile(random, row.mobile2, 0.5) : null,
  ].filter(phone => phone !== null)
  const [tel1, tel2] = phones.length > 1 && random.chance(0.2) ? [phones[1], phones[0]] : phones
  const style = random.int(0, 1)
  return [
    row.key,
    row.customerNo,
    row.company,
    fullName(random, row),
    row.company ? '' : row.sex,
    row.birth ? british(row.birth) : '',
    tel1,
    tel2,
    row.email && random.chance(0.08) ? row.email.toUpperCase() : row.email,
    address ? (latin ? address.latinLines[style] : address.district + address.lines[style === 0 ? 0 : 2]) : '',
    address ? (latin ? address.latinTown : address.city) : '',
    row.postcode,
    person.address.country === 'CN' ? 'China' : 'United Kingdom',
    person.speaksEnglish ? 'en' : 'zh',
    answer('call'),
    answer('sms'),
    answer('email'),
    answer('letter'),
    row.consents[0] ? british(row.consents[0].date) : '',
    row.points.length > 6 ? row.points : Number(row.points) % 24,
    british(row.created),
    british(row.updated),
  ]
}
