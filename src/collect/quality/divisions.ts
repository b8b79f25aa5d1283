/**
 * First two digits of a Chinese postcode (GB/T 10114's provincial postal areas) and the province they belong to. Places where the post
 * crosses a provincial border (Hinggan 137, Oroqen 165 in Inner Mongolia) name both.
 */
const AREAS: [province: string, areas: string][] = [
  ['北京', '10'],
  ['上海', '20'],
  ['天津', '30'],
  ['重庆', '40'],
  ['河北', '05 06 07'],
  ['山西', '03 04'],
  ['内蒙古', '01 02 13 16'],
  ['辽宁', '11 12'],
  ['吉林', '13'],
  ['黑龙江', '15 16'],
  ['江苏', '21 22'],
  ['浙江', '31 32'],
  ['安徽', '23 24'],
  ['福建', '35 36'],
  ['江西', '33 34'],
  ['山东', '25 26 27'],
  ['河南', '45 46 47'],
  ['湖北', '43 44'],
  ['湖南', '41 42'],
  ['广东', '51 52'],
  ['广西', '53 54'],
  ['海南', '57'],
  ['四川', '61 62 63 64'],
  ['贵州', '55 56'],
  ['云南', '65 66 67'],
  ['西藏', '85 86'],
  ['陕西', '71 72'],
  ['甘肃', '73 74'],
  ['青海', '81'],
  ['宁夏', '75'],
  ['新疆', '83 84'],
]

/** `广东 51`: a province with each area of its. */
export const PROVINCE_AREAS: readonly string[] = AREAS.flatMap(([province, areas]) =>
  areas.split(' ').map(area => `${province} ${area}`),
)
export const PROVINCES: readonly string[] = AREAS.map(([province]) => province)

/** Whether a Chinese postcode can lie in the province; true where the province is not a Chinese one. */
export function postcodeFits(postcode: string, province: string): boolean {
  const known = PROVINCES.find(name => province.startsWith(name))
  return known === undefined || PROVINCE_AREAS.includes(`${known} ${postcode.slice(0, 2)}`)
}
