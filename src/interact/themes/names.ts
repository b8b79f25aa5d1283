import { offers } from '../../optimize/index.ts'
import { kinds } from '../../personalize/index.ts'
import type { App } from '../../platform/app.ts'
import type { Text } from '../../platform/text.ts'
import { caseSettings } from '../cases/settings.ts'
import type { Product } from './about.ts'
import type { Dimension } from './dimensions.ts'
import type { VoiceKind } from './voices.ts'

export const voiceKindNames: Record<VoiceKind, Text> = {
  complaint: { en: 'Complaint', zh: '投诉' },
  request: { en: 'Request', zh: '请求' },
  dispute: { en: 'Dispute', zh: '争议' },
  question: { en: 'Question', zh: '咨询' },
}

const channelNames: Record<string, Text> = {
  desk: { en: 'Call at the desk', zh: '坐席通话' },
  portal: { en: 'Portal', zh: '客户门户' },
  kiosk: { en: 'Kiosk', zh: '自助终端' },
  inbox: { en: 'Inbox', zh: '收件箱' },
  agent: { en: 'Noted by a colleague', zh: '同事记录' },
  email: { en: 'E-mail', zh: '电子邮件' },
  sms: { en: 'SMS', zh: '短信' },
  ivr: { en: 'Voice menu', zh: '语音菜单' },
}

/** What keys are called; one that nobody named is shown as it is. */
export async function themeNames(
  app: App,
  products: Iterable<Product> = [],
): Promise<(dimension: Dimension, key: string) => Text> {
  const [settings, offersKnown, kindsKnown, campaigns] = await Promise.all([
    caseSettings(app),
    offers(app).catch(() => []),
    kinds(app),
    app.workflow.db.selectFrom('campaigns').select(['id', 'name', 'as_of']).execute(),
  ])
  const names = new Map<string, Text>()
  const name = (dimension: Dimension, key: string, text: Text) => names.set(`${dimension} ${key}`, text)
  for (const [kind, text] of Object.entries(voiceKindNames)) name('kind', kind, text)
  for (const { code, kind, name: text } of settings.categories) name('category', `${kind}/${code}`, text)
  for (const { code, name: text } of kindsKnown) name('document', code, text)
  for (const { id, name: text } of offersKnown) name('offer', id, text)
  for (const [code, text] of Object.entries(channelNames)) name('channel', code, text)
  for (const { id, name: text, as_of } of campaigns)
    name('campaign', String(id), { en: `${text.en} (${as_of})`, zh: `${text.zh}（${as_of}）` })
  for (const one of products) {
    name('product', one.code, { en: `${one.name.en} (${one.code})`, zh: `${one.name.zh}（${one.code}）` })
    name('product-category', one.category, one.categoryName)
  }
  return (dimension, key) =>
    names.get(`${dimension} ${key}`) ?? { en: key.replace('@', ' v'), zh: key.replace('@', ' v') }
}
