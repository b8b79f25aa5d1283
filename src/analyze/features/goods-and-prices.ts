import * as domain from './domains.ts'
import type { Feature } from './feature.ts'
import { bought, categoryCodes, categoryOf, inCategory, purchases } from './purchase-rows.ts'

const different = `arraySort(arrayDistinct(${categoryCodes}))`
const lines = `arrayMap(code -> countEqual(${categoryCodes}, code), ${different})`

/** A list price is known: what was paid can be set against it. */
const priced = `${bought} AND list_minor > 0 AND quantity > 0`
/** Below nine tenths of the list price: less is rounding and small change. */
const reduced = `${priced} AND amount_minor < 0.9 * list_minor`
const full = `${priced} AND amount_minor >= 0.9 * list_minor`

export const goodsAndPrices: readonly Feature[] = [
  {
    id: 'category_count',
    name: { en: 'Number of categories', zh: '购买品类数' },
    meaning: { en: 'Different categories of goods bought', zh: '购买过的不同品类数' },
    unit: 'count',
    family: 'goods',
    source: 'derived',
    from: ['bought_categories'],
    type: 'UInt16',
    sql: 'toUInt16(length(bought_categories))',
    domain: domain.count,
    predictor: 'log',
  },
  {
    id: 'main_category',
    name: { en: 'Main category', zh: '主要品类' },
    meaning: { en: 'Category of most lines bought', zh: '购买行数最多的品类' },
    unit: 'none',
    family: 'goods',
    ...purchases,
    counts: inCategory,
    type: 'LowCardinality(Nullable(String))',
    sql: `if(empty(${categoryCodes}), NULL, ${categoryOf(`${different}[indexOf(${lines}, arrayMax(${lines}))]`)})`,
    domain: domain.textOrNull,
  },
  {
    id: 'main_category_share',
    name: { en: 'Share of the main category', zh: '主要品类占比' },
    meaning: {
      en: 'Share of lines bought that are of the main category: 1 buys nothing else',
      zh: '购买行中主要品类的占比：1 表示只买该品类',
    },
    unit: 'share',
    family: 'goods',
    ...purchases,
    counts: inCategory,
    type: 'Nullable(Float32)',
    sql: `if(empty(${categoryCodes}), NULL, toFloat32(arrayMax(${lines}) / length(${categoryCodes})))`,
    domain: domain.shareOrNull,
    predictor: 'linear',
  },
  {
    id: 'price_index',
    name: { en: 'Price paid', zh: '实付价格指数' },
    meaning: {
      en: 'What was paid per what the same goods cost at list price: 0.9 is ten per cent below',
      zh: '实付金额与同样商品目录价之比：0.9 表示低 10%',
    },
    unit: 'none',
    family: 'prices',
    ...purchases,
    counts: priced,
    type: 'Nullable(Float32)',
    sql: `if(countIf(${priced}) = 0, NULL, toFloat32(sumIf(amount_minor, ${priced}) / sumIf(list_minor, ${priced})))`,
    domain: { ...domain.realOrNull, min: 0 },
    predictor: 'log',
  },
  {
    id: 'discounted_share',
    name: { en: 'Bought at a discount', zh: '折扣购买占比' },
    meaning: {
      en: 'Share of the value bought at a tenth or more below list price',
      zh: '以低于目录价 10% 以上购得的金额占比',
    },
    unit: 'share',
    family: 'prices',
    ...purchases,
    counts: priced,
    type: 'Nullable(Float32)',
    sql: `if(countIf(${priced}) = 0, NULL, toFloat32(sumIf(amount_minor, ${reduced}) / sumIf(amount_minor, ${priced})))`,
    domain: domain.shareOrNull,
    predictor: 'linear',
  },
  {
    id: 'discount_pull',
    name: { en: 'Pull of discounts', zh: '折扣拉动' },
    meaning: {
      en: 'Pieces per line at a discount over pieces per line at full price: above 1 stocks up when it is cheap',
      zh: '折扣时每行件数与原价时每行件数之比：大于 1 表示降价时多买',
    },
    unit: 'none',
    family: 'prices',
    ...purchases,
    counts: priced,
    type: 'Nullable(Float32)',
    sql: `if(countIf(${reduced}) = 0 OR countIf(${full}) = 0, NULL, toFloat32(avgIf(quantity, ${reduced}) / avgIf(quantity, ${full})))`,
    domain: { ...domain.realOrNull, min: 0 },
  },
  {
    id: 'unit_price_minor',
    name: { en: 'Price level', zh: '价位' },
    meaning: { en: 'Mean price paid per piece', zh: '平均每件实付价格' },
    unit: 'money',
    family: 'prices',
    ...purchases,
    counts: `${bought} AND quantity > 0`,
    type: 'Nullable(Int64)',
    sql: `if(sumIf(quantity, ${bought} AND quantity > 0) = 0, NULL, toInt64(round(sumIf(amount_minor, ${bought} AND quantity > 0) / sumIf(quantity, ${bought} AND quantity > 0))))`,
    domain: { ...domain.moneyOrNull, min: 0 },
    predictor: 'log',
  },
]
