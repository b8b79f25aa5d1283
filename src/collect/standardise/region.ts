/**
 * A region by its names, so that 广东, 广东省 and full-width forms are one: `CN:广东/深圳/南山`. A level that is not given stays empty; the
 * region is then all of what the higher ones name.
 */
export interface Region {
  country: string
  province: string
  city: string
  district: string
}

/** Endings of Chinese divisions, longest first. */
const ENDINGS = '(维吾尔自治区|壮族自治区|回族自治区|特别行政区|自治区|自治州|自治县|地区|新区|省|市|区|县|盟)$'
const ENDING = new RegExp(ENDINGS)

const bare = (name: string): string => {
  const text = name.normalize('NFKC').trim().toLowerCase()
  const short = text.replace(ENDING, '')
  return [...short].length < 2 ? text : short
}

/** '' when no province and no city is given: the same district name is found in many cities. */
export function regionKey({ country, province, city, district }: Region): string {
  if (province.trim() === '' && city.trim() === '') return ''
  return `${country}:${[province, city, district].map(bare).join('/')}`
}

function bareSql(name: string): string {
  const text = `lowerUTF8(trimBoth(${name}))`
  const short = `replaceRegexpOne(${text}, '${ENDINGS}', '')`
  return `if(lengthUTF8(${short}) < 2, ${text}, ${short})`
}

/** SQL: the keys of all regions that a row with country, province, city and district lies in. */
export const REGION_KEYS = `arrayMap(
  (p, c, d) -> concat(country, ':', p, '/', c, '/', d),
  [${bareSql('province')}, ${bareSql('province')}, ${bareSql('province')}, '', '', ${bareSql('province')}],
  ['', ${bareSql('city')}, ${bareSql('city')}, ${bareSql('city')}, ${bareSql('city')}, ''],
  ['', '', ${bareSql('district')}, '', ${bareSql('district')}, ${bareSql('district')}])`
