/** A short message's template against its provider's rules: what can be told without any customer. */
import type { Text } from '../../platform/text.ts'
import type { Language } from '../compose/languages.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { brandIn } from '../compose/texts.ts'
import type { SmsPolicy } from './policy.ts'

export interface Breach {
  language: Language
  rule: 'variables' | 'adjacent' | 'links' | 'opt-out' | 'signature'
  said: Text
}

const OUTPUT = /\{\{-?\s*([\w.[\]]+)/g

/** Fields of the data that a text prints; what the brand says is the same for everybody. */
export const variablesOf = (text: string): string[] =>
  Array.from(text.matchAll(OUTPUT), ([, path = '']) => path).filter(path => !/^(brand|t|lang)\b/.test(path))

export function templateBreaches(version: TemplateVersion, policy: SmsPolicy): Breach[] {
  const { manifest } = version
  return manifest.languages.flatMap(language => {
    const texts = JSON.parse(version.files[`texts.${language}.json`] ?? '{}') as Record<string, string>
    const body = texts['body'] ?? ''
    const brand = brandIn(version.brand, language)
    const breach = (rule: Breach['rule'], en: string, zh: string): Breach => ({ language, rule, said: { en, zh } })
    const found: Breach[] = []
    const { most, adjacent } = policy.variables
    const allowed = most[manifest.class]
    const variables = variablesOf(body)
    if (allowed !== undefined && variables.length > allowed)
      found.push(
        breach(
          'variables',
          `${variables.length} fields, ${allowed} allowed: ${variables.join(', ')}`,
          `含 ${variables.length} 个变量，最多 ${allowed} 个：${variables.join('、')}`,
        ),
      )
    if (!adjacent && /\}\}\s*\{\{/.test(body))
      found.push(breach('adjacent', 'two fields stand side by side', '两个变量相邻'))
    if (policy.links === 'fixed' && /https?:\/\/\S*\{\{(?!-?\s*brand\.)/.test(body))
      found.push(breach('links', 'a field stands in a link', '链接中含有变量'))
    const wording = String(brand['smsOptOut'])
    if (manifest.class === 'offer' && policy.optOut && language !== 'en' && !policy.optOut.includes(wording))
      found.push(
        breach(
          'opt-out',
          `"${wording}" is none of ${policy.optOut.join(', ')}`,
          `“${wording}”不在 ${policy.optOut.join('、')} 之列`,
        ),
      )
    const signature = [...String(brand['smsSignature'])].length
    const its = policy.signature
    if (its && language !== 'en' && (signature < its.min || signature > its.max))
      found.push(
        breach(
          'signature',
          `the signature has ${signature} characters, ${its.min} to ${its.max} allowed`,
          `签名 ${signature} 个字符，应为 ${its.min}–${its.max} 个`,
        ),
      )
    return found
  })
}
