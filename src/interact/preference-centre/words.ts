/** The words of the pages behind a message's links. */
import type { PageLang } from './page.ts'

const EN = {
  'bad.title': 'This link does not work',
  'bad.body': 'It was cut short on its way, or it is not one of ours. Please open the link in the message again.',
  'off.title': 'Unsubscribe',
  'off.ask': 'We will send you no more offers by {channel}. Messages about your orders and bills still reach you.',
  'off.button': 'Unsubscribe now',
  'off.done.title': 'You are unsubscribed',
  'off.done': 'You will get no more offers by {channel}. This took effect at once.',
  'off.more': 'Choose what you would like to get instead',
  'wish.title': 'Your wishes',
  'wish.lead': 'Choose how we may send you offers. Messages about your orders and bills are sent in any case.',
  'wish.saved': 'Your wishes are saved and hold from now on.',
  'wish.channels': 'Offers may reach me by',
  'wish.preferred': 'Preferred way',
  'wish.language': 'Language',
  'wish.quiet': 'Please do not call or text me',
  'wish.from': 'from',
  'wish.to': 'to',
  'wish.frequency': 'Offers in thirty days, at most',
  'wish.any': 'No preference',
  'wish.no-limit': 'No limit of my own',
  'wish.save': 'Save',
  'wish.none': 'No offers at all',
  'channel.email': 'e-mail',
  'channel.sms': 'SMS',
  'channel.call': 'telephone',
  'channel.letter': 'letter',
}
export type PageWord = keyof typeof EN

const ZH: Record<PageWord, string> = {
  'bad.title': '此链接无法使用',
  'bad.body': '链接可能不完整，或并非由我们发出。请重新打开消息中的链接。',
  'off.title': '退订',
  'off.ask': '我们将不再通过{channel}向您发送优惠信息。订单和账单通知不受影响。',
  'off.button': '立即退订',
  'off.done.title': '退订成功',
  'off.done': '您将不再收到通过{channel}发送的优惠信息，已即时生效。',
  'off.more': '改为选择您愿意接收的内容',
  'wish.title': '您的接收偏好',
  'wish.lead': '请选择我们可以怎样向您发送优惠信息。订单和账单通知不受影响。',
  'wish.saved': '已保存，即刻生效。',
  'wish.channels': '可通过以下方式向我发送优惠',
  'wish.preferred': '首选方式',
  'wish.language': '语言',
  'wish.quiet': '请勿在以下时段来电或发短信',
  'wish.from': '从',
  'wish.to': '至',
  'wish.frequency': '三十天内最多接收优惠',
  'wish.any': '不限',
  'wish.no-limit': '不自行限制',
  'wish.save': '保存',
  'wish.none': '不再接收任何优惠',
  'channel.email': '电子邮件',
  'channel.sms': '短信',
  'channel.call': '电话',
  'channel.letter': '信函',
}

export const word = (lang: PageLang, key: PageWord, channel = ''): string => {
  const words = lang === 'en' ? EN : ZH
  const named = channel === '' ? '' : (words[`channel.${channel}` as PageWord] ?? channel)
  return words[key].replace('{channel}', named)
}
