/** One short message against its provider's rules, before it is handed over. */
import { valuesAt } from '../compose/paths.ts'
import { smsSize } from '../compose/segments.ts'
import type { TemplateVersion } from '../compose/template.ts'
import type { View } from '../compose/texts.ts'
import { templateBreaches, variablesOf } from './check-template.ts'
import { forbidden, type SmsPolicy } from './policy.ts'

const checked = new WeakMap<TemplateVersion, Map<string, string>>()

/** The template's own breach in this language, told once a version. */
function ofTemplate(version: TemplateVersion, policy: SmsPolicy, lang: View['lang']): string {
  let known = checked.get(version)
  if (!known) {
    known = new Map()
    for (const { language, rule, said } of templateBreaches(version, policy))
      if (!known.has(language)) known.set(language, `${rule}: ${said.zh} / ${said.en}`)
    checked.set(version, known)
  }
  return known.get(lang) ?? ''
}

/** What the provider would refuse, in one line; '' when it takes the message. */
export function refusedByProvider(version: TemplateVersion, policy: SmsPolicy, view: View, text: string): string {
  const own = ofTemplate(version, policy, view.lang)
  if (own !== '') return own
  const { segments } = smsSize(text)
  if (segments > policy.most.segments) return `segments: ${segments} > ${policy.most.segments}`
  const source = (JSON.parse(version.files[`texts.${view.lang}.json`] ?? '{}') as Record<string, string>)['body'] ?? ''
  for (const path of variablesOf(source))
    for (const value of valuesAt(view, path)) {
      const said = typeof value === 'string' ? value : ''
      if ([...said].length > policy.variables.longest)
        return `${path}: ${[...said].length} > ${policy.variables.longest}`
      const what = policy.variables.without.find(each => each !== 'brackets' && forbidden[each].pattern.test(said))
      if (what) return `${path}: ${forbidden[what].name.zh} / ${forbidden[what].name.en}`
    }
  return ''
}
