import { sha256Of } from '../../platform/sha256.ts'
import { collectErrors } from '../errors.ts'
import { headText, readText, wellDecoded } from '../import/read-text.ts'
import { cut, quarantinable } from '../import/rules.ts'
import type { Importer } from './importer.ts'
import { kindOfFile } from './kind-of-file.ts'
import { placesOf } from './places.ts'
import { type Card, CardReader, type Property, partsOf, unescaped } from './vcard-text.ts'

/** Columns of a card and the field each is. */
const COLUMNS = {
  uid: 'row_key',
  kind: 'kind',
  'formatted name': 'full_name',
  'family name': 'family_name',
  'given name': 'given_name',
  organisation: 'ignore',
  title: 'ignore',
  mobile: 'mobile',
  'mobile 2': 'mobile2',
  telephone: 'landline',
  email: 'email',
  'email 2': 'ignore',
  street: 'street',
  district: 'district',
  city: 'city',
  province: 'province',
  postcode: 'postcode',
  country: 'country',
  birthday: 'birth_date',
  gender: 'gender',
  revised: 'updated_at',
  note: 'ignore',
} as const
type Column = keyof typeof COLUMNS
const HEADERS = Object.keys(COLUMNS) as Column[]

/** An address book: one row a card. People, believed little, so that a phone's contact list never beats a company's own records. */
export const vcard: Importer = {
  name: 'vcard',

  proposes: { kind: 'people', trust: 0.2 },

  fits: (path, head) =>
    ['.vcf', '.vcard'].includes(kindOfFile(path)) ||
    /^\ufeff?\s*BEGIN:VCARD/i.test(new TextDecoder().decode(head.bytes.subarray(0, 64))),

  async sample(path, head, as) {
    const text = await headText(path, head, as?.encoding)
    const rows = [...new CardReader().push(text)]
      .filter(card => card.problem === '')
      .slice(0, 200)
      .map(valuesOf)
    return HEADERS.map(header => ({
      header,
      values: rows.map(row => row[header]),
      field: COLUMNS[header],
    }))
  },

  async stage(path, head, mapping, out) {
    const reader = new CardReader()
    const decoded = wellDecoded(path)
    const places = placesOf(path, HEADERS, mapping)
    let rows = 0
    const take = (card: Card): void => {
      const rowNo = ++rows
      const raw = card.raw
      const bad = (rule: 'vcard' | 'encoding', value: string) =>
        out.bad({ rowNo, column: '', value, rule, raw: cut(raw) })
      if (card.problem !== '') {
        bad('vcard', card.problem)
        return
      }
      if (!decoded.isText(raw) || card.properties.some(({ value }) => value.includes('\ufffd'))) {
        bad('encoding', '')
        return
      }
      const row = valuesOf(card)
      const values = places.map(place => (place < 0 ? '' : row[HEADERS[place]!]))
      const wrong = quarantinable(rowNo, mapping, values)
      if (wrong) out.bad({ ...wrong, raw: cut(raw) })
      else out.row(rowNo, values, JSON.stringify({ ...row, card: raw }))
    }
    for await (const text of readText(path, head, 'vCard', mapping.encoding)) {
      for (const card of reader.push(text)) take(card)
      await out.ready()
    }
    for (const card of reader.end()) take(card)
    if (rows === 0) throw collectErrors['collect.file-no-rows']({ file: path })
    decoded.check(rows)
    return { rows }
  },
}

function valuesOf({ properties, raw }: Card): Record<Column, string> {
  const all = (name: string) => properties.filter(property => property.name === name)
  const preferred = (name: string): Property[] =>
    all(name).sort((a, b) => Number(b.types.includes('pref')) - Number(a.types.includes('pref')))
  const first = (name: string) => unescaped(preferred(name)[0]?.value ?? '')
  const [family = '', given = '', middle = ''] = partsOf(all('n')[0]?.value ?? '')
  const telephones = preferred('tel').filter(({ types }) => !types.some(type => type === 'fax' || type === 'pager'))
  const isMobile = ({ types, value }: Property) =>
    types.includes('cell') ||
    (!types.includes('home') && !types.includes('work') && /^\D*(86)?1\d{10}$/.test(digits(value)))
  const mobiles = telephones.filter(isMobile).map(({ value }) => telephone(value))
  const others = telephones.filter(property => !isMobile(property)).map(({ value }) => telephone(value))
  const mails = preferred('email').map(({ value }) => unescaped(value).replace(/^mailto:/i, ''))
  const [, extended = '', street = '', locality = '', region = '', postcode = '', country = ''] = partsOf(
    preferred('adr')[0]?.value ?? '',
  )
  // An organisation alone is one; beside a person's name it is where that person works.
  const organisation = partsOf(all('org')[0]?.value ?? '')
    .filter(Boolean)
    .join(' ')
  const name = first('fn')
  const kind =
    /^(org|organization)$/i.test(first('kind')) ||
    (organisation !== '' && family + given === '' && (name === '' || name === organisation))
  return {
    uid: first('uid').replace(/^urn:uuid:/i, '') || `card-${sha256Of(raw).slice(0, 20)}`,
    kind: kind ? 'organisation' : '',
    'formatted name': name || (kind ? organisation : ''),
    'family name': kind ? '' : family,
    'given name': kind ? '' : [given, middle].filter(Boolean).join(/\p{Script=Han}/u.test(given) ? '' : ' '),
    organisation,
    title: first('title'),
    mobile: mobiles[0] ?? '',
    'mobile 2': mobiles[1] ?? '',
    telephone: others[0] ?? '',
    email: mails[0] ?? '',
    'email 2': mails[1] ?? '',
    street: [street, extended].filter(Boolean).join(' '),
    district: '',
    city: locality,
    province: region,
    postcode,
    country,
    birthday: birthday(first('bday')),
    gender: first('gender').split(';')[0] ?? '',
    revised: first('rev').replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/, '$1-$2-$3T$4:$5:$6'),
    note: all('note')
      .map(({ value }) => unescaped(value))
      .join('\n'),
  }
}

const digits = (text: string): string => text.replace(/\D/g, '')
const telephone = (value: string): string => unescaped(value).replace(/^tel:/i, '').replace(/;.*$/, '')

/** --0703 is a birthday without its year (RFC 6350 4.3.1): no date that can be kept; the card itself is. */
const birthday = (text: string): string =>
  text.startsWith('--') ? '' : text.replace(/T.*$/, '').replace(/^(\d{4})(\d{2})(\d{2})$/, '$1-$2-$3')
