/** Why an event is refused, in words its sender can act on. */
import type { Text } from '../../platform/text.ts'

export const problemTexts = {
  'not-json': { en: 'This line is not JSON.', zh: '该行不是有效的 JSON。' },
  'not-object': { en: 'An event is an object.', zh: '事件应为对象。' },
  missing: { en: 'The field is missing.', zh: '缺少该字段。' },
  unknown: { en: 'There is no such field.', zh: '没有这个字段。' },
  'bad-id': {
    en: 'An id is 1 to 100 printable ASCII characters without spaces.',
    zh: '编号应为 1 至 100 个可打印的 ASCII 字符，不含空格。',
  },
  'bad-type': {
    en: 'A type is 1 to 41 lower-case letters, digits and hyphens, a letter first.',
    zh: '类型应为 1 至 41 个小写字母、数字和连字符，并以字母开头。',
  },
  'reserved-type': {
    en: 'What a customer answered goes to POST /customers/{id}/answers, where each field is checked.',
    zh: '客户的回答请提交到 POST /customers/{id}/answers，逐项检查。',
  },
  'needs-calls': {
    en: 'An event identity-verified says whose papers an agent opens: its sender needs the permission calls.write beside events.write. Add it to the key and send this event again; the others of the batch were taken.',
    zh: 'identity-verified 事件决定坐席打开谁的资料：除 events.write 外，密钥还须具有 calls.write 权限。请为密钥添加该权限后重新提交此事件；同批其他事件不受影响。',
  },
  'bad-time': {
    en: 'An instant that exists, with its zone, not more than a day ahead: 2026-11-22T09:30:00Z.',
    zh: '应为真实存在、带时区且不超前一天以上的时刻，例如 2026-11-22T09:30:00Z。',
  },
  'bad-customer': { en: 'A customer number is a whole number from 1 on.', zh: '客户编号应为从 1 开始的整数。' },
  'bad-text': {
    en: 'The field is text without control characters, not empty and not longer than the description of the API allows.',
    zh: '该字段应为不含控制字符的文本，不能为空，也不能超过接口说明规定的长度。',
  },
  'bad-email': { en: 'This is not an e-mail address.', zh: '这不是有效的电子邮件地址。' },
  'bad-phone': { en: 'This is not a telephone number.', zh: '这不是有效的电话号码。' },
  'no-customer': {
    en: 'Say whose event it is: customerId, accountNo, email, phone, or source with rowKey.',
    zh: '请说明事件属于谁：customerId、accountNo、email、phone，或 source 加 rowKey。',
  },
  'two-customers': {
    en: 'Say whose event it is once: one of customerId, accountNo, email, phone, or source with rowKey.',
    zh: '只能用一种方式说明事件属于谁：customerId、accountNo、email、phone，或 source 加 rowKey。',
  },
  'bad-payload': { en: 'The payload is an object of at most 64 KB.', zh: '附加内容应为对象，且不超过 64 KB。' },
  'bad-said': {
    en: 'An event of this type says more in its payload: the field named is missing or not as it should be.',
    zh: '该类型事件的附加内容有规定：所示字段缺失或不符合要求。',
  },
} satisfies Record<string, Text>

export type ProblemCode = keyof typeof problemTexts

export interface Problem {
  index: number
  eventId?: string
  field: string
  code: ProblemCode
}
