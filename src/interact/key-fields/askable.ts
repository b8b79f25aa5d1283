/** What a customer can be asked in passing, in words that offend nobody. */
import { declaredFeatures } from '../../analyze/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'

export interface Askable {
  /** Feature that the answer becomes. */
  feature: string
  name: Text
  question: Text
  /** Where the answer is written: a field of the golden record, or an attribute of research. */
  writes: { golden: string } | { attribute: string }
  kind: 'choice' | 'date' | 'text'
  /** Nobody asks a company for its birthday. */
  personsOnly?: true
  /** Known choices; none: those that other customers gave. */
  options: readonly { value: string; label: Text }[]
  /** How the answer becomes a value of the feature, in groups that are told apart. */
  group: { sql: string; middle(group: string): number | string }
}

const asked = (value: string): string => value
const scale = (from: number, to: number): { value: string; label: Text }[] =>
  Array.from({ length: to - from + 1 }, (_, i) => ({
    value: String(from + i),
    label: { en: String(from + i), zh: String(from + i) },
  }))

const options = (...pairs: [string, string, string][]) => pairs.map(([value, en, zh]) => ({ value, label: { en, zh } }))

/** Fifteen years a group: what people do changes no faster. */
const AGE_GROUP = 15

const BUILT_IN: readonly Askable[] = [
  {
    personsOnly: true,
    feature: 'age_years',
    name: { en: 'Date of birth', zh: '出生日期' },
    question: {
      en: 'So that we know your birthday: when were you born?',
      zh: '方便为您送上生日祝福，请问您的出生日期是？',
    },
    writes: { golden: 'birth_date' },
    kind: 'date',
    options: [],
    group: {
      sql: `if(isNull(f.age_years), '', toString(intDiv(assumeNotNull(f.age_years), ${AGE_GROUP})))`,
      middle: group => Number(group) * AGE_GROUP + Math.floor(AGE_GROUP / 2),
    },
  },
  {
    personsOnly: true,
    feature: 'gender',
    name: { en: 'Form of address', zh: '称谓' },
    question: { en: 'How may I address you?', zh: '请问怎么称呼您，先生还是女士？' },
    writes: { golden: 'gender' },
    kind: 'choice',
    options: options(['f', 'Ms', '女士'], ['m', 'Mr', '先生']),
    group: { sql: 'toString(f.gender)', middle: asked },
  },
  {
    feature: 'satisfaction',
    name: { en: 'Satisfaction', zh: '满意度' },
    question: {
      en: 'How content are you with us, from 1 (not at all) to 5 (entirely)?',
      zh: '您对我们的服务满意吗？请从 1 到 5 打分，5 为非常满意。',
    },
    writes: { attribute: 'satisfaction' },
    kind: 'choice',
    options: scale(1, 5),
    group: { sql: "ifNull(toString(f.satisfaction), '')", middle: Number },
  },
  {
    feature: 'recommendation',
    name: { en: 'Would recommend', zh: '推荐意愿' },
    question: {
      en: 'Would you recommend us to a friend, from 0 (never) to 10 (certainly)?',
      zh: '您愿意向朋友推荐我们吗？0 表示不会，10 表示一定会。',
    },
    writes: { attribute: 'recommendation' },
    kind: 'choice',
    options: scale(0, 10),
    group: { sql: "ifNull(toString(f.recommendation), '')", middle: Number },
  },
  {
    feature: 'price_sensitivity',
    name: { en: 'What counts when choosing', zh: '选购时看重什么' },
    question: {
      en: 'When you choose: does the price decide, or quality and delivery?',
      zh: '您选购时更看重价格，还是品质和配送？',
    },
    writes: { attribute: 'price_sensitivity' },
    kind: 'choice',
    options: options(
      ['high', 'The price', '价格'],
      ['medium', 'Both', '两者都看'],
      ['low', 'Quality and delivery', '品质和配送'],
    ),
    group: { sql: "ifNull(toString(f.price_sensitivity), '')", middle: asked },
  },
  {
    personsOnly: true,
    feature: 'life_event',
    name: { en: 'Life event', zh: '生活变化' },
    question: {
      en: 'Has anything changed at home lately: a move, a wedding, a child?',
      zh: '最近家里有什么变化吗？比如搬家、结婚、添丁？',
    },
    writes: { attribute: 'life_event' },
    kind: 'choice',
    options: options(
      ['none', 'Nothing', '没有'],
      ['moved', 'Moved house', '搬家'],
      ['married', 'Married', '结婚'],
      ['new_child', 'A child', '添丁'],
      ['new_job', 'A new job', '换工作'],
      ['retired', 'Retired', '退休'],
    ),
    group: { sql: "ifNull(toString(f.life_event), '')", middle: asked },
  },
]

/** With the company's own research questions: what customers answered before is what can be answered. */
export async function askableFields(app: App): Promise<Askable[]> {
  const own = (await declaredFeatures(app)).flatMap(({ id, name, state, definition }): Askable[] => {
    if (state !== 'released' || definition.over !== 'answers' || definition.as === 'list') return []
    const map = definition.as === 'number' ? 'own_numbers' : 'own_texts'
    return [
      {
        feature: id,
        name,
        question: { en: `May I ask: ${name.en}?`, zh: `想请问您：${name.zh}？` },
        writes: { attribute: definition.attribute },
        kind: definition.as === 'number' ? 'text' : 'choice',
        options: [],
        group: {
          sql: `if(mapContains(f.${map}, '${id}'), toString(f.${map}['${id}']), '')`,
          middle: definition.as === 'number' ? Number : asked,
        },
      },
    ]
  })
  return [...BUILT_IN, ...own]
}
