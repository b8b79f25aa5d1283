import { type Cell, toCsv } from '../csv.ts'
import type { Random } from '../random.ts'
import type { SalesFacts } from '../sales.ts'
import { chineseName } from './chinese-name.ts'
import type { ProductCategory } from './head-words.ts'

export const categoryNames: Record<ProductCategory, [en: string, zh: string]> = {
  LIGHTING: ['Candles and lighting', '烛台灯饰'],
  KITCHEN: ['Baking and kitchen', '烘焙厨房'],
  TABLEWARE: ['Tableware', '餐具茶具'],
  BAGS: ['Bags and travel', '箱包旅行'],
  STATIONERY: ['Stationery and wrap', '文具包装'],
  CHRISTMAS: ['Christmas', '圣诞用品'],
  TOYS: ['Toys and crafts', '玩具手工'],
  JEWELLERY: ['Jewellery and accessories', '首饰配饰'],
  HOMEDECOR: ['Home decoration', '家居装饰'],
  STORAGE: ['Storage', '收纳整理'],
  GARDEN: ['Garden and outdoors', '园艺户外'],
  TEXTILES: ['Textiles', '家纺布艺'],
  PARTY: ['Party', '派对用品'],
  BATHBEAUTY: ['Bath and beauty', '洗浴护理'],
  OTHER: ['Other', '其他'],
  SERVICE: ['Services and adjustments', '服务与调整'],
}

/** Share of the list price that is margin; invented, of the size a gift wholesaler has. */
const margins: Record<ProductCategory, number> = {
  LIGHTING: 0.46,
  KITCHEN: 0.41,
  TABLEWARE: 0.39,
  BAGS: 0.44,
  STATIONERY: 0.52,
  CHRISTMAS: 0.48,
  TOYS: 0.38,
  JEWELLERY: 0.56,
  HOMEDECOR: 0.45,
  STORAGE: 0.4,
  GARDEN: 0.37,
  TEXTILES: 0.36,
  PARTY: 0.5,
  BATHBEAUTY: 0.47,
  OTHER: 0.4,
  SERVICE: 0.1,
}

type Kind = 'product' | 'service' | 'adjustment'
/** Codes of the invoices that are no articles. */
const specialCodes: Record<string, [kind: Kind, en: string, zh: string]> = {
  POST: ['service', 'Postage', '邮费'],
  DOT: ['service', 'Dotcom postage', '网店邮费'],
  C2: ['service', 'Carriage', '运费'],
  C3: ['service', 'Carriage', '运费'],
  M: ['adjustment', 'Manual entry', '手工录入'],
  m: ['adjustment', 'Manual entry', '手工录入'],
  D: ['adjustment', 'Discount', '折扣'],
  S: ['adjustment', 'Samples', '样品'],
  B: ['adjustment', 'Bad debt', '坏账调整'],
  ADJUST: ['adjustment', 'Adjustment', '调整'],
  ADJUST2: ['adjustment', 'Adjustment', '调整'],
  AMAZONFEE: ['adjustment', 'Amazon fee', '亚马逊佣金'],
  'BANK CHARGES': ['adjustment', 'Bank charges', '银行手续费'],
  CRUK: ['adjustment', 'CRUK commission', '慈善捐款佣金'],
  GIFT: ['service', 'Gift voucher', '礼品券'],
  TEST001: ['adjustment', 'Test', '测试'],
  TEST002: ['adjustment', 'Test', '测试'],
}

const sentenceCase = (text: string) => text.charAt(0).toUpperCase() + text.slice(1).toLowerCase()

export type Product = {
  stockCode: string
  nameEn: string
  nameZh: string
  category: ProductCategory
  kind: Kind
  price: number
}

function describe(stockCode: string, description: string, price: number): Product {
  const special = specialCodes[stockCode]
  if (special)
    return { stockCode, nameEn: special[1], nameZh: special[2], category: 'SERVICE', kind: special[0], price }
  const voucher = /^gift_\d+_(\d+)$/i.exec(stockCode)
  if (voucher)
    return {
      stockCode,
      nameEn: `Gift voucher £${voucher[1]}`,
      nameZh: `${voucher[1]} 英镑礼品券`,
      category: 'SERVICE',
      kind: 'service',
      price,
    }
  if (/PACKING CHARGE|NEXT DAY CARRIAGE/i.test(description))
    return {
      stockCode,
      nameEn: sentenceCase(description),
      nameZh: '包装与快递费',
      category: 'SERVICE',
      kind: 'service',
      price,
    }
  if (!description)
    return {
      stockCode,
      nameEn: `Article ${stockCode}`,
      nameZh: `商品 ${stockCode}`,
      category: 'OTHER',
      kind: 'product',
      price,
    }
  const { zh, category } = chineseName(description)
  const christmas = /CHRISTMAS|XMAS|ADVENT/.test(description)
  return {
    stockCode,
    nameEn: sentenceCase(description),
    nameZh: zh,
    category: christmas ? 'CHRISTMAS' : category,
    kind: 'product',
    price,
  }
}

/** Every code of the sales. A code spelt in small letters (85123a) without a name of its own is the same article in capitals. */
export function makeProducts(facts: SalesFacts): Product[] {
  const byCode = new Map(facts.products.map(each => [each.stockCode, each]))
  return facts.products.map(({ stockCode, description, price }) => {
    const sibling = byCode.get(stockCode.toUpperCase()) ?? byCode.get(stockCode.slice(0, -1))
    return describe(
      stockCode,
      description || (/^\d{5}/.test(stockCode) ? sibling?.description : '') || '',
      price || sibling?.price || 0,
    )
  })
}

export function writeProducts(random: Random, products: Product[]): Buffer {
  const rows = products.map(({ stockCode, nameEn, nameZh, category, kind, price }): Cell[] => {
    const margin = Math.min(0.75, Math.max(0.08, margins[category] + (random.next() + random.next() - 1) * 0.12))
    const cost = kind === 'adjustment' ? 0 : price * (1 - margin)
    const [en, zh] = categoryNames[category]
    return [
      stockCode,
      nameEn,
      nameZh,
      category,
      en,
      zh,
      kind,
      kind === 'adjustment' ? '0.00' : price.toFixed(2),
      cost.toFixed(2),
      'GBP',
    ]
  })
  return Buffer.from(
    toCsv(
      [
        'stock_code',
        'name_en',
        'name_zh',
        'category_code',
        'category_en',
        'category_zh',
        'kind',
        'list_price',
        'unit_cost',
        'currency',
      ],
      rows,
    ),
  )
}
