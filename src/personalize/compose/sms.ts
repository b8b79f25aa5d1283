import { sha256Of } from '../../platform/sha256.ts'
import { shorten } from '../../platform/shorten.ts'
import { refusedByProvider } from '../sms-policies/check-message.ts'
import { policyOf } from '../sms-policies/index.ts'
import type { Data } from './check-data.ts'
import { isChinese } from './languages.ts'
import { held, type Outcome } from './outcome.ts'
import { smsSize } from './segments.ts'
import type { TemplateVersion } from './template.ts'
import { viewOf } from './texts.ts'

/** Providers refuse longer ones (Alibaba, Tencent, Huawei: 500 characters with signature and opt-out). */
const LONGEST = 500

/**
 * Signature, body, opt-out. In Chinese the signature stands in 【】, which carriers read: a body may not hold those brackets, so
 * ones in a name become （）. In English they would turn the message into UCS-2 and 160 characters into 70; there it is `Name:`.
 */
export function composeSms(version: TemplateVersion, data: Data): Outcome {
  const view = viewOf(version, data)
  const { t, lang, brand } = view
  const body = (t['body'] ?? '').replaceAll('【', '（').replaceAll('】', '）').replace(/\s+/g, ' ').trim()
  const signature = isChinese(lang) ? `【${brand['smsSignature']}】` : `${brand['smsSignature']}: `
  const optOut = version.manifest.class === 'offer' ? `${isChinese(lang) ? '，' : ' '}${brand['smsOptOut']}` : ''
  const text = signature + (optOut === '' ? body : body.replace(/[，。]$/, '')) + optOut
  const { segments, units } = smsSize(text)
  if (text.length > LONGEST) return held('text-too-long', `body: ${units}`)
  const most = version.manifest.most?.segments
  if (most !== undefined && segments > most) return held('too-many-segments', `body: ${segments} > ${most}`)
  const refused = refusedByProvider(version, policyOf(version.brand.smsProvider), view, text)
  if (refused !== '') return held('refused-by-provider', refused)
  const bytes = Buffer.from(text)
  return {
    state: 'composed',
    bytes,
    mediaType: 'text/plain; charset=utf-8',
    extension: 'txt',
    sha256: sha256Of(bytes),
    pages: 0,
    segments,
    subject: shorten(text, 80),
  }
}
