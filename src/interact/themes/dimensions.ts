/** By what themes can be looked at. A voice may have several keys of one dimension, or none. */
import type { Text } from '../../platform/text.ts'
import type { About, Product } from './about.ts'
import type { Voice } from './voices.ts'

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

/** A voice with everything known of what it is about. */
export interface Known {
  voice: Voice
  about: About | undefined
  products: readonly Product[]
}

const some = (value: string | undefined): string[] => (value ? [value] : [])

/** The words of a disputed line without its date, its number and its sum: those differ on every bill. */
export const lineKey = (line: string): string =>
  line
    .split(' · ')
    .map(part => part.replace(/\d+([.,]\d+)*/g, '#').trim())
    .filter(part => /\p{L}/u.test(part.replace(/\b[A-Z]{3}\b/g, '')))
    .join(' · ')
    .slice(0, 200)

export const keysOf: Record<Dimension, (known: Known) => string[]> = {
  kind: ({ voice }) => [voice.kind],
  category: ({ voice }) => some(voice.category && `${voice.kind}/${voice.category}`),
  product: ({ products }) => products.map(({ code }) => code),
  'product-category': ({ products }) => [...new Set(products.flatMap(({ category }) => some(category)))],
  document: ({ about }) => some(about?.kind),
  template: ({ about }) => some(about?.template),
  line: ({ voice }) => some(lineKey(voice.line)),
  channel: ({ voice }) => some(voice.channel),
  offer: ({ about }) => some(about?.offer),
  campaign: ({ about }) => (about && about.campaignId > 0 ? [String(about.campaignId)] : []),
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
