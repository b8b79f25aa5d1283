/** An address reduced to what tells homes apart, Chinese and romanised spellings brought to one sound. */
import { readAddress } from '../standardise/address.ts'
import { soundOf } from '../standardise/pinyin.ts'
import { hasHan } from '../standardise/text.ts'

export interface Home {
  street: string
  number: string
  /** Building, entrance and room as sorted numbers: 23栋2单元1605室, 23-2-1605 and Room 1605, Unit 2, Bldg 23 are one. */
  unit: string
  city: string
  district: string
  postcode: string
}

const STREET_WORDS =
  /(大道|大街|公路|[路街巷道弄里村])$|\b(road|street|avenue|lane|drive|way|close|court|place|alley)\b/g
const PLACE_WORDS = /(市|区|县|新区|自治县|自治州|地区)$|\b(city|district|county)\b/g

const spoken = (text: string, words: RegExp): string => {
  const core = text.replace(words, '').trim() || text
  return (hasHan(core) ? soundOf(core) : core).replace(/[^\p{L}\p{N}]/gu, '')
}

export function readHome(raw: string): Home {
  const address = readAddress(raw)
  const numbers = address.rest.match(/\d+/g) ?? []
  return {
    street: spoken(address.street, STREET_WORDS),
    number: address.number,
    unit: numbers
      .map(Number)
      .sort((a, b) => a - b)
      .join('-'),
    city: spoken(address.city, PLACE_WORDS),
    district: spoken(address.district, PLACE_WORDS),
    postcode: address.postcode,
  }
}
