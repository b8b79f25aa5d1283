import type { Text } from '../../platform/text.ts'
import { reasonText } from '../gate/reasons.ts'

const words: Record<string, Text> = {
  withdrawn: { en: 'Taken back by whoever asked for it', zh: '发起方已撤回' },
  erased: { en: 'The customer was erased on request', zh: '客户已应要求删除' },
  gone: { en: 'No record makes this customer any more', zh: '该客户已无任何来源记录' },
  'no-number': { en: 'No telephone number is known', zh: '没有可拨打的电话号码' },
  accepted: { en: 'The offer was accepted already', zh: '客户已接受该优惠' },
  declined: { en: 'The offer was declined', zh: '客户已谢绝该优惠' },
  'wrong-number': { en: 'Every number we know was wrong', zh: '已知号码均有误' },
}

/** Why a call was closed without being made. */
export const stopWords = (reason: string): Text => words[reason] ?? reasonText(reason) ?? { en: reason, zh: reason }
