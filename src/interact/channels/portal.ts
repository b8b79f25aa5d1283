import { z } from 'zod'
import type { ChannelKind } from './channel.ts'

export const portal: ChannelKind = {
  kind: 'portal',
  title: { en: 'Inbox in the portal', zh: '门户收件箱' },
  about: {
    en: 'Messages wait in the customer portal; nothing leaves the house.',
    zh: '消息存入客户门户，不对外发送。',
  },
  carries: ['print', 'email', 'sms'],
  works: 'house',
  can: { receipts: true, replies: false, test: false },
  settings: z.object({}),
  secrets: [],
  fields: [],
}
