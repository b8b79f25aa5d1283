import type { z } from 'zod'
import type { Text } from '../../platform/text.ts'
import type { block, blockRow, figure, sevenPPage } from './api.ts'
import type { Asked } from './asked.ts'
import { monthIndex } from './period.ts'

export type Figure = z.infer<typeof figure>
export type Block = z.infer<typeof block>
export type BlockRow = z.infer<typeof blockRow>
export type SevenPPage = z.infer<typeof sevenPPage>
/** What one of the seven says; the rest of the page is the same for all. */
export interface Content {
  question: Text
  /** What a period means here. */
  meaning: Text
  figures: Figure[]
  blocks: Block[]
  notes?: SevenPPage['notes']
}

/** NaN and infinity (nobody to divide by) are "cannot be said". */
export const known = (value: number): number | null => (Number.isFinite(value) ? value : null)

export const segmentText = ({ segments }: Asked, id: string): Text => segments.get(id) ?? { en: id, zh: id }

const monthsEn = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']
/** 'YYYY-MM' or a date of it. */
export function monthText(month: string): Text {
  const at = monthIndex(month)
  const year = Math.floor(at / 12)
  return { en: `${monthsEn[at % 12]} ${year}`, zh: `${year}年${(at % 12) + 1}月` }
}

const regionsEn = new Intl.DisplayNames('en-GB', { type: 'region', fallback: 'code' })
const regionsZh = new Intl.DisplayNames('zh-CN', { type: 'region', fallback: 'code' })
export const UNKNOWN: Text = { en: 'Not known', zh: '未知' }

export function countryText(code: string): Text {
  if (code === '' || code === '?') return UNKNOWN
  if (!/^[A-Z]{2}$/.test(code)) return { en: code, zh: code }
  return { en: regionsEn.of(code) ?? code, zh: regionsZh.of(code) ?? code }
}

/** Provinces of China as they are kept (without their ending), in English; those of other countries are their own names. */
const provincesEn: Record<string, string> = {
  北京: 'Beijing',
  天津: 'Tianjin',
  上海: 'Shanghai',
  重庆: 'Chongqing',
  河北: 'Hebei',
  山西: 'Shanxi',
  内蒙古: 'Inner Mongolia',
  辽宁: 'Liaoning',
  吉林: 'Jilin',
  黑龙江: 'Heilongjiang',
  江苏: 'Jiangsu',
  浙江: 'Zhejiang',
  安徽: 'Anhui',
  福建: 'Fujian',
  江西: 'Jiangxi',
  山东: 'Shandong',
  河南: 'Henan',
  湖北: 'Hubei',
  湖南: 'Hunan',
  广东: 'Guangdong',
  广西: 'Guangxi',
  海南: 'Hainan',
  四川: 'Sichuan',
  贵州: 'Guizhou',
  云南: 'Yunnan',
  西藏: 'Tibet',
  陕西: 'Shaanxi',
  甘肃: 'Gansu',
  青海: 'Qinghai',
  宁夏: 'Ningxia',
  新疆: 'Xinjiang',
  香港: 'Hong Kong',
  澳门: 'Macao',
  台湾: 'Taiwan',
}

export const provinceText = (name: string): Text =>
  name === '' || name === '?' ? UNKNOWN : { en: provincesEn[name] ?? name, zh: name }

export const nothing: Text = { en: 'No customers here.', zh: '没有符合条件的客户。' }
export const nothingBought: Text = { en: 'Nothing was bought here.', zh: '此范围内没有购买。' }
