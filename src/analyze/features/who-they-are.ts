import * as domain from './domains.ts'
import type { Feature } from './feature.ts'

/** From the golden record, and from what customers answered or what is known of where they live. */
export const whoTheyAre: readonly Feature[] = [
  {
    id: 'kind',
    name: { en: 'Kind', zh: '客户类型' },
    meaning: { en: 'A person or an organisation', zh: '个人或企业' },
    unit: 'none',
    source: 'golden_records',
    type: 'LowCardinality(String)',
    sql: "if(kind = 'organisation', 'organisation', 'person')",
    domain: { kind: 'choice', values: ['person', 'organisation'], nullable: false },
  },
  {
    id: 'age_years',
    name: { en: 'Age', zh: '年龄' },
    meaning: { en: 'Whole years since birth', zh: '周岁' },
    unit: 'years',
    source: 'golden_records',
    type: 'Nullable(UInt16)',
    sql: "if(birth_date < {asOf:Date}, toUInt16(age('year', assumeNotNull(birth_date), toDate32({asOf:Date}))), NULL)",
    domain: domain.countOrNull,
  },
  {
    id: 'gender',
    name: { en: 'Gender', zh: '性别' },
    meaning: { en: 'As recorded; empty: not known', zh: '按记录；空表示未知' },
    unit: 'none',
    source: 'golden_records',
    type: 'LowCardinality(String)',
    sql: 'gender',
    domain: domain.text,
  },
  {
    id: 'country',
    name: { en: 'Country', zh: '国家' },
    meaning: { en: 'Country of the postal address', zh: '通信地址所在国家' },
    unit: 'none',
    source: 'golden_records',
    type: 'LowCardinality(String)',
    sql: 'country',
    domain: domain.text,
  },
  {
    id: 'province',
    name: { en: 'Province', zh: '省份' },
    meaning: { en: 'Province or county of the postal address', zh: '通信地址所在省份' },
    unit: 'none',
    source: 'golden_records',
    type: 'LowCardinality(String)',
    sql: 'province',
    domain: domain.text,
  },
  {
    id: 'language',
    name: { en: 'Language', zh: '语言' },
    meaning: { en: 'Language the customer is written to in', zh: '与客户沟通所用语言' },
    unit: 'none',
    source: 'golden_records',
    type: 'LowCardinality(String)',
    sql: 'language',
    domain: domain.text,
  },
  ...(
    [
      ['satisfaction', 'Satisfaction', '满意度', 'Newest survey answer, 1 to 5', '最近一次调查评分（1–5）'],
      ['recommendation', 'Recommendation', '推荐意愿', 'Newest survey answer, 0 to 10', '最近一次调查评分（0–10）'],
    ] as const
  ).map(
    ([id, en, zh, meansEn, meansZh]): Feature => ({
      id,
      name: { en, zh },
      meaning: { en: meansEn, zh: meansZh },
      unit: 'points',
      source: 'customer_attributes',
      type: 'Nullable(UInt8)',
      sql: `toUInt8OrNull(argMaxIf(value, at, name = '${id}'))`,
      domain: domain.countOrNull,
    }),
  ),
  ...(
    [
      [
        'price_sensitivity',
        'Price sensitivity',
        '价格敏感度',
        'Newest survey answer: low, medium or high',
        '最近一次调查：low、medium 或 high',
      ],
      ['life_event', 'Life event', '生活事件', 'Newest survey answer', '最近一次调查中的生活事件'],
      [
        'region_type',
        'Region type',
        '地区类型',
        'Of the postcode: metropolis, city, town or rural',
        '按邮编：metropolis、city、town 或 rural',
      ],
      [
        'income_band',
        'Income band',
        '收入档',
        'Of the postcode: lower, middle, upper or high',
        '按邮编：lower、middle、upper 或 high',
      ],
    ] as const
  ).map(
    ([id, en, zh, meansEn, meansZh]): Feature => ({
      id,
      name: { en, zh },
      meaning: { en: meansEn, zh: meansZh },
      unit: 'none',
      source: 'customer_attributes',
      type: 'LowCardinality(Nullable(String))',
      sql: `nullIf(argMaxIf(value, at, name = '${id}'), '')`,
      domain: domain.textOrNull,
    }),
  ),
]
