import type { Text } from '../../platform/text.ts'

/**
 * Who somebody is, in a few words each: what profiles compare and look-alikes are found by. Nothing here says what was bought. `sql`
 * is an expression over `f` (features); '' is "not known" and is never compared.
 */
export interface Trait {
  id: string
  group: TraitGroup
  name: Text
  sql: string
  /** Names of the values; a value not here is its own name. */
  values: Readonly<Record<string, Text>>
}

export type TraitGroup = 'person' | 'place' | 'attitude' | 'relation'

export const traitGroups: Record<TraitGroup, Text> = {
  person: { en: 'Person', zh: '基本特征' },
  place: { en: 'Place', zh: '居住地' },
  attitude: { en: 'Attitudes and life', zh: '态度与生活' },
  relation: { en: 'Relation', zh: '往来' },
}

const BANDS = [25, 35, 45, 55, 65] as const
const ageBand = `multiIf(isNull(f.age_years), '', ${BANDS.map((top, k) => `f.age_years < ${top}, '${k === 0 ? `<${top}` : `${BANDS[k - 1]}-${top - 1}`}'`).join(', ')}, '65+')`

const same = (...codes: string[]): Record<string, Text> =>
  Object.fromEntries(codes.map(code => [code, { en: code, zh: code }]))

export const traits: readonly Trait[] = [
  {
    id: 'kind',
    group: 'person',
    name: { en: 'Kind', zh: '客户类型' },
    sql: 'toString(f.kind)',
    values: { person: { en: 'Person', zh: '个人' }, organisation: { en: 'Organisation', zh: '企业' } },
  },
  {
    id: 'gender',
    group: 'person',
    name: { en: 'Gender', zh: '性别' },
    sql: 'toString(f.gender)',
    values: { f: { en: 'Female', zh: '女' }, m: { en: 'Male', zh: '男' } },
  },
  {
    id: 'age',
    group: 'person',
    name: { en: 'Age', zh: '年龄' },
    sql: ageBand,
    values: same('<25', '25-34', '35-44', '45-54', '55-64', '65+'),
  },
  {
    id: 'language',
    group: 'person',
    name: { en: 'Language', zh: '语言' },
    sql: 'toString(f.language)',
    values: { 'zh-CN': { en: 'Chinese', zh: '中文' }, en: { en: 'English', zh: '英语' } },
  },
  {
    id: 'region_type',
    group: 'place',
    name: { en: 'Region type', zh: '地区类型' },
    sql: "ifNull(toString(f.region_type), '')",
    values: {
      metropolis: { en: 'Metropolis', zh: '大都市' },
      city: { en: 'City', zh: '城市' },
      town: { en: 'Town', zh: '县镇' },
      rural: { en: 'Rural', zh: '乡村' },
    },
  },
  {
    id: 'income_band',
    group: 'place',
    name: { en: 'Income of the area', zh: '地区收入档' },
    sql: "ifNull(toString(f.income_band), '')",
    values: {
      low: { en: 'Low', zh: '低' },
      lower: { en: 'Lower', zh: '较低' },
      middle: { en: 'Middle', zh: '中等' },
      upper: { en: 'Upper', zh: '中上' },
      high: { en: 'High', zh: '高' },
    },
  },
  {
    id: 'price_sensitivity',
    group: 'attitude',
    name: { en: 'Price sensitivity (survey)', zh: '价格敏感度（调查）' },
    sql: "ifNull(toString(f.price_sensitivity), '')",
    values: {
      low: { en: 'Low', zh: '低' },
      medium: { en: 'Medium', zh: '中' },
      high: { en: 'High', zh: '高' },
    },
  },
  {
    id: 'life_event',
    group: 'attitude',
    name: { en: 'Life event (survey)', zh: '生活事件（调查）' },
    sql: "ifNull(toString(f.life_event), '')",
    values: {
      none: { en: 'None', zh: '无' },
      new_child: { en: 'New child', zh: '新生子女' },
      moved: { en: 'Moved', zh: '搬家' },
      new_job: { en: 'New job', zh: '换工作' },
      retired: { en: 'Retired', zh: '退休' },
      married: { en: 'Married', zh: '结婚' },
    },
  },
  {
    id: 'satisfaction',
    group: 'attitude',
    name: { en: 'Satisfaction (survey)', zh: '满意度（调查）' },
    sql: "ifNull(toString(f.satisfaction), '')",
    values: same('1', '2', '3', '4', '5'),
  },
  {
    id: 'tenure',
    group: 'relation',
    name: { en: 'Customer for', zh: '客户年限' },
    sql: "multiIf(isNull(f.tenure_days), 'never', f.tenure_days < 90, '<3m', f.tenure_days < 365, '3-12m', f.tenure_days < 730, '1-2y', '2y+')",
    values: {
      never: { en: 'Never bought', zh: '未购买' },
      '<3m': { en: 'under 3 months', zh: '3 个月以内' },
      '3-12m': { en: '3 to 12 months', zh: '3–12 个月' },
      '1-2y': { en: '1 to 2 years', zh: '1–2 年' },
      '2y+': { en: 'over 2 years', zh: '2 年以上' },
    },
  },
]

/** What look-alikes are found by: what is known of people who never bought as well. */
export const likenessTraits: readonly Trait[] = traits.filter(trait => trait.group !== 'relation')

export const valueName = (trait: Trait, value: string): Text => trait.values[value] ?? { en: value, zh: value }
