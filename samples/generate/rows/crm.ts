import { addDays, instantOn, shanghaiTime } from '../calendar.ts'
import type { Cell } from '../csv.ts'
import type { Channel } from '../people/person.ts'
import type { Random } from '../random.ts'
import { wholeAddress } from './observe.ts'
import { writeLandline, writeMobile } from './phone-styles.ts'
import type { Sighting } from './sighting.ts'

export const crmHeader =
  '客户编号 会员卡号 客户类型 姓名 性别 出生日期 证件号码 统一社会信用代码 联系人 手机 备用手机 固定电话 电子邮箱 国家 省 市 区县 详细地址 邮编 备用地址 语言 短信同意 邮件同意 电话同意 信函同意 同意日期 会员积分 建档日期 更新日期'.split(
    ' ',
  )

const dateStyles: ((date: string) => string)[] = [
  date => date,
  date =>
    date
      .split('-')
      .map((part, at) => (at ? String(Number(part)) : part))
      .join('/'),
  date => date.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, '$1年$2月$3日'),
]
const answers: [string, string][] = [
  ['是', '否'],
  ['是', '否'],
  ['是', '否'],
  ['Y', 'N'],
  ['同意', '拒绝'],
]

/** Chinese names in one cell, surname first; a swapped one has been typed the other way round. */
function nameCell(row: Sighting): string {
  const { name } = row
  if (!name) return ''
  if (name.script === 'chinese') return name.family + name.given
  return name.givenFirst ? `${name.given} ${name.family}` : `${name.family} ${name.given}`
}

export function crmRow(random: Random, row: Sighting): Cell[] {
  const { person, address } = row
  const date = random.weighted<(date: string) => string>([
    [dateStyles[0]!, 88],
    [dateStyles[1]!, 9],
    [dateStyles[2]!, 3],
  ])
  const [yes, no] = random.weighted(answers.map((answer, at) => [answer, at < 3 ? 31 : 3.5] as const))
  const answer = (channel: Channel) => {
    const given = row.consents.find(consent => consent.channel === channel)
    return given ? (given.granted ? yes : no) : ''
  }
  const style = random.int(0, 3)
  return [
    row.key,
    row.customerNo,
    row.company ? '企业' : '个人',
    row.company ?? nameCell(row),
    row.company || !row.sex ? '' : row.sex === 'M' ? '男' : '女',
    row.birth ? date(row.birth) : '',
    row.idNumber && random.chance(0.1) ? row.idNumber.toLowerCase() : row.idNumber,
    row.creditCode,
    row.company ? nameCell(row) : '',
    row.mobile ? writeMobile(random, row.mobile, 0.68) : '',
    row.mobile2 ? writeMobile(random, row.mobile2, 0.68) : '',
    row.landline ? writeLandline(random, row.landline, person.address.dial, person.address.country) : '',
    row.email,
    (address ?? person.address).country === 'CN' ? '中国' : '英国',
    address?.province,
    address?.city,
    address?.district,
    address?.lines[style],
    row.postcode,
    row.address2 ? wholeAddress(row.address2) : '',
    person.speaksEnglish ? '英文' : '中文',
    answer('sms'),
    answer('email'),
    answer('call'),
    answer('letter'),
    row.consents[0] ? date(row.consents[0].date) : '',
    row.points,
    shanghaiTime(instantOn(random, row.created)),
    shanghaiTime(instantOn(random, row.updated === row.created ? addDays(row.updated, 1) : row.updated)),
  ]
}
