import { foldText } from './text.ts'

const NAMES: Record<string, string> = {
  cn: 'CN', china: 'CN', 中国: 'CN', 中华人民共和国: 'CN', chn: 'CN', prc: 'CN',
  gb: 'GB', uk: 'GB', 'united kingdom': 'GB', 英国: 'GB', england: 'GB', scotland: 'GB', wales: 'GB', 'great britain': 'GB', gbr: 'GB',
  us: 'US', usa: 'US', 'united states': 'US', 美国: 'US', hk: 'HK', 'hong kong': 'HK', 香港: 'HK', 中国香港: 'HK',
  tw: 'TW', taiwan: 'TW', 台湾: 'TW', 中国台湾: 'TW', mo: 'MO', macau: 'MO', macao: 'MO', 澳门: 'MO', 中国澳门: 'MO',
  de: 'DE', germany: 'DE', 德国: 'DE', fr: 'FR', france: 'FR', 法国: 'FR', ie: 'IE', eire: 'IE', ireland: 'IE', 爱尔兰: 'IE',
  jp: 'JP', japan: 'JP', 日本: 'JP', sg: 'SG', singapore: 'SG', 新加坡: 'SG', au: 'AU', australia: 'AU', 澳大利亚: 'AU',
}

/** ISO 3166 two-letter code, or the value as given when it is not known. */
export const readCountry = (raw: string): string => {
  const text = foldText(raw)
  return NAMES[text] ?? (/^[a-z]{2}$/.test(text) ? text.toUpperCase() : raw.trim())
}
