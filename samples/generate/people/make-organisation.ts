import { creditCheck, organisationCheck } from '../checksums.ts'
import { capital } from '../chinese/characters.ts'
import type { Random } from '../random.ts'
import { makePerson } from './make-person.ts'
import type { Person } from './person.ts'
import { drawAddress, drawLandline, drawPlace, type World } from './world.ts'

const chineseFirst =
  '青屿 云朵 禾木 墨白 拾光 暖阳里 小鹿 木棉 南风 晴川 橙果 星野 归巢 知夏 花间 鹿鸣 半亩 蓝鲸 朵拉 满庭 素年 三月 檐下 乐活'.split(
    ' ',
  )
const chineseTrade = '礼品贸易 家居用品 工艺品 百货 文创 商贸 礼品 家饰'.split(' ')
const britishFirst =
  'Bramble|Foxglove|Harbour|Thistledown|Copperfield|Larkspur|Dovecote|Marigold|Saltmarsh|Old Forge|Plumtree|Greenfinch|Beacon|Hollybush|Quayside|Willowherb'.split(
    '|',
  )
const britishTrade = 'Gifts|Homeware|Gift Company|Trading|Interiors|Emporium|Wholesale'.split('|')

const bodyAlphabet = '0123456789ABCDEFGHJKLMNPQRTUWXY'

/** 9 (market regulator), 1 (enterprise), division, organisation code MA… with its own check digit, check character. */
function creditCode(random: Random, division: string): string {
  const body = `MA${Array.from({ length: 6 }, () => bodyAlphabet[random.int(0, bodyAlphabet.length - 1)]).join('')}`
  const first17 = `91${division}${body}${organisationCheck(body)}`
  return first17 + creditCheck(first17)
}

/** A reseller: a firm with a contact person, whose own values (name, mobile) are those of the firm's rows. */
export function makeOrganisation(random: Random, world: World, id: string, customerNo: string, index: number): Person {
  const country = random.chance(0.7) ? 'CN' : 'GB'
  const place = drawPlace(random, world, country)
  const contact = makePerson(random, world, id, customerNo, country, {
    place,
    address: drawAddress(random, world, place),
    landline: drawLandline(random, world, place),
  })
  const first = country === 'CN' ? chineseFirst[index % chineseFirst.length] : britishFirst[index % britishFirst.length]
  const town = place.country === 'CN' ? place.district.cityName.replace(/市$/, '') : place.town.name
  const latin = (name: string) => capital([...name].map(world.characters.syllable).join(''))
  const chineseFull = `${town}${first}${random.pick(chineseTrade)}有限公司`
  const name = country === 'CN' ? chineseFull : `${first} ${random.pick(britishTrade)} Ltd`
  const nameLatin = country === 'CN' ? `${contact.address.latinTown} ${latin(first ?? '')} Trading Co Ltd` : name
  const domain = (country === 'CN' ? latin(first ?? '') : (first ?? '')).toLowerCase().replace(/[^a-z]/g, '') + index
  return {
    ...contact,
    kind: 'organisation',
    idNumber: null,
    organisation: {
      name,
      nameLatin,
      creditCode: place.country === 'CN' ? creditCode(random, place.district.code) : null,
    },
    email: world.emails.organisation(random, domain),
    oldEmail: null,
    secondAddress: null,
  }
}
