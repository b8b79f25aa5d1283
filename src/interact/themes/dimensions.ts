/** By what themes can be looked at. A voice may have several keys of one dimension, or none. */
import type { Text } from '../../platform/text.ts'
import type { About, Product } from './about.ts'
import type { Coded } from './coded.ts'
import { type Voices, voiceKinds } from './voices.ts'

export const dimensions = [
  'kind',
  'category',
  'product',
  'product-category',
  'document',
  'template',
  'line',
  'channel',
  'offer',
  'campaign',
] as const
export type Dimension = (typeof dimensions)[number]

/** Voices with everything known of what they are about. */
export interface Known {
  voices: Voices
  about: About
  /** By code; and which of them each voice is about (numbers of `codes`), where it is about any. */
  products: ReadonlyMap<string, Product>
  codes: readonly string[]
  productsOf: ReadonlyMap<number, readonly number[]>
}

/** The keys of a dimension, and which of them (by number) a voice has. */
export interface Keys {
  names: readonly string[]
  of(voice: number): readonly number[]
}

const NONE: readonly number[] = []
const single = ({ names, codes }: Coded): Keys => {
  const each = names.map((_, code): readonly number[] => (code === 0 ? NONE : [code]))
  return { names, of: voice => each[codes[voice]!]! }
}

const kinds = ({ kind }: Voices): Keys => {
  const each = voiceKinds.map((_, code) => [code])
  return { names: voiceKinds, of: voice => each[kind[voice]!]! }
}

function categories({ products, codes, productsOf: of }: Known): Keys {
  const names = [...new Set([...products.values()].map(({ category }) => category))].filter(name => name !== '')
  const place = new Map(names.map((name, at) => [name, at]))
  return {
    names,
    of: voice => [
      ...new Set((of.get(voice) ?? NONE).flatMap(code => place.get(products.get(codes[code]!)!.category) ?? [])),
    ],
  }
}

export const keysOf: Record<Dimension, (known: Known) => Keys> = {
  kind: ({ voices }) => kinds(voices),
  category: ({ voices }) => single(voices.category),
  product: ({ codes, productsOf: of }) => ({ names: codes, of: voice => of.get(voice) ?? NONE }),
  'product-category': categories,
  document: ({ about }) => single(about.document),
  template: ({ about }) => single(about.template),
  line: ({ voices }) => single(voices.line),
  channel: ({ voices }) => single(voices.channel),
  offer: ({ about }) => single(about.offer),
  campaign: ({ about }) => single(about.campaign),
}

/** The documents that could give cause: those of the very kind, template, offer or campaign; else all. */
export const exposureKey = (dimension: Dimension | 'words', key: string): string =>
  dimension === 'document' || dimension === 'template' || dimension === 'offer' || dimension === 'campaign'
    ? `${dimension} ${key}`
    : ''

export const dimensionNames: Record<Dimension | 'words', Text> = {
  kind: { en: 'Kind', zh: '类型' },
  category: { en: 'Category of cases', zh: '工单类别' },
  product: { en: 'Product', zh: '商品' },
  'product-category': { en: 'Product category', zh: '商品类别' },
  document: { en: 'Kind of document', zh: '文件种类' },
  template: { en: 'Template and version', zh: '模板及版本' },
  line: { en: 'Disputed line', zh: '争议明细' },
  channel: { en: 'Where it reached us', zh: '来源渠道' },
  offer: { en: 'Offer', zh: '优惠' },
  campaign: { en: 'Campaign', zh: '活动' },
  words: { en: 'In their words', zh: '客户原话' },
}
