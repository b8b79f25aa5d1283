import type { Text } from '../../platform/text.ts'

export interface Objection {
  says: Text
  reply: Text
}

const tooDear: Objection = {
  says: { en: 'Too dear', zh: '太贵了' },
  reply: {
    en: 'Name the benefit first, and that nothing is ordered today. No discount beyond it.',
    zh: '先说明优惠内容，并告知今天无需下单。不再额外让价。',
  },
}
const noTime: Objection = {
  says: { en: 'No time now', zh: '现在没空' },
  reply: { en: 'Offer a time to ring again: key C.', zh: '约定回电时间：按 C 键。' },
}
const whence: Objection = {
  says: { en: 'Where did you get my number?', zh: '你们怎么有我的电话？' },
  reply: {
    en: 'Say from whom we have it (shown with the number) and that one word is enough to stop the calls: key D.',
    zh: '告知号码来源（显示在号码旁），并说明客户一句话即可停止来电：按 D 键。',
  },
}

/** By kind of offer; what the script itself says of objections comes with the script. */
const BY_KIND: Readonly<Record<string, readonly Objection[]>> = {
  retention: [
    {
      says: { en: 'I buy elsewhere now', zh: '我现在在别家买' },
      reply: {
        en: 'Ask what is better there, write it down word for word; then the offer.',
        zh: '询问对方哪里更好，原话记录，再介绍优惠。',
      },
    },
  ],
  reactivation: [
    {
      says: { en: 'I do not need anything', zh: '暂时不需要' },
      reply: {
        en: 'Say until when the offer can be used. Once is enough: do not insist.',
        zh: '告知优惠的截止日期即可，只说一次，不要坚持。',
      },
    },
  ],
  'cross-sell': [
    {
      says: { en: 'I have that already', zh: '我已经有了' },
      reply: {
        en: 'Write it down; do not offer it again. Ask what is missing.',
        zh: '记录下来，不再推荐该商品；询问还缺什么。',
      },
    },
  ],
  loyalty: [
    {
      says: { en: 'I do not want to be registered', zh: '我不想登记' },
      reply: { en: 'The points need no card and no further details.', zh: '积分无需办卡，也不需要更多资料。' },
    },
  ],
}

export const objectionsTo = (kind: string): readonly Objection[] => [...(BY_KIND[kind] ?? []), tooDear, noTime, whence]
