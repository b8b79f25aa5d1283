/** How the matcher speaks to people: aspects and levels in both languages. */
import type { Text } from '../../platform/text.ts'
import type { Comparison, ComparisonKind } from './comparison.ts'

const ASPECTS: Record<string, Text> = {
  'before looking': { en: 'Before looking', zh: '比较之前' },
  'taken together': { en: 'Taken together', zh: '综合修正' },
  'given name': { en: 'Given name', zh: '名' },
  surname: { en: 'Surname', zh: '姓' },
  'birth date': { en: 'Date of birth', zh: '出生日期' },
  phone: { en: 'Telephone', zh: '电话' },
  email: { en: 'E-mail', zh: '电子邮箱' },
  'id number': { en: 'Identity number', zh: '证件号码' },
  account: { en: 'Customer number', zh: '客户编号' },
  organisation: { en: 'Organisation', zh: '单位' },
  address: { en: 'Address', zh: '地址' },
  gender: { en: 'Gender', zh: '性别' },
}

/** An aspect that came from a column of its own goes by that column's header. */
export const aspectText = (id: string): Text => ASPECTS[id] ?? { en: id, zh: id }

const MISSING: Text = { en: 'not known of one of them', zh: '至少一方未知' }
const SAME: Text = { en: 'the same', zh: '相同' }
const DIFFERENT: Text = { en: 'different', zh: '不同' }

const LEVEL_TEXTS: Record<string, Text> = {
  missing: MISSING,
  same: SAME,
  different: DIFFERENT,
  swapped: { en: 'exchanged with another field', zh: '与另一字段互换' },
  'same sound and tone': { en: 'other characters, same sound and tone', zh: '用字不同，声调读音相同' },
  'same sound': { en: 'other characters, same sound', zh: '用字不同，读音相同' },
  close: { en: 'a slip of the hand apart', zh: '仅差一处笔误' },
  variant: { en: 'a nickname, or how a dialect says it', zh: '昵称或方言读音' },
  initial: { en: 'the initial fits', zh: '首字母相符' },
  near: { en: 'similar', zh: '相近' },
  'one sign off': { en: 'one sign off', zh: '差一位' },
  'two signs off': { en: 'two signs off', zh: '差两位' },
  'same name part': { en: 'same name before the @, another provider', zh: '@ 前相同，服务商不同' },
  'one digit or day and month exchanged': {
    en: 'one digit off, or day and month exchanged',
    zh: '差一位数字，或月日互换',
  },
  'within a month': { en: 'within a month', zh: '相差一个月内' },
  'two parts same': { en: 'two of year, month and day the same', zh: '年、月、日中两项相同' },
  'within a year': { en: 'within a year', zh: '相差一年内' },
  'same home': { en: 'the same home', zh: '同一住所' },
  'same building': { en: 'the same building', zh: '同一楼栋' },
  'same street': { en: 'the same street', zh: '同一街道' },
  'same area': { en: 'the same area', zh: '同一区域' },
  'same town': { en: 'the same town', zh: '同一城市' },
  'most in common': { en: 'most of it in common', zh: '大部分相同' },
  'half in common': { en: 'half of it in common', zh: '一半相同' },
  'some in common': { en: 'some of it in common', zh: '部分相同' },
}

export const levelText = (level: string): Text => LEVEL_TEXTS[level] ?? { en: level, zh: level }

/** What a comparison looks at, for a page that lists them. */
export const kindText: Record<ComparisonKind, Text> = {
  name: { en: 'names by characters, sound and spelling', zh: '按字、读音和拼写比较姓名' },
  text: { en: 'text by spelling', zh: '按拼写比较文本' },
  words: { en: 'text by the pieces it is made of', zh: '按构成片段比较文本' },
  code: { en: 'codes sign by sign', zh: '逐位比较编码' },
  email: { en: 'addresses, mailbox names, domains', zh: '比较邮箱地址、用户名和域名' },
  date: { en: 'dates by their parts', zh: '按年月日比较日期' },
  category: { en: 'the same or not', zh: '相同与否' },
  home: { en: 'addresses by division, street, number and room', zh: '按区划、街道、门牌和房号比较地址' },
}

export const comparisonText = (comparison: Comparison): Text => aspectText(comparison.id)
