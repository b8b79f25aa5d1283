import type { App } from '../../platform/app.ts'
import type { Data } from '../compose/check-data.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { disguised } from '../proofs/disguise.ts'
import { newestBasis, proofData, subjectsOf } from '../proofs/proof-data.ts'

interface Wish {
  customer?: number | undefined
  offer?: string | undefined
  example: number
  language: string
  rulesHold: boolean
}

/** Of a customer as a turn would make them, in the language asked for; disguised for whoever may not see whose they are. */
export async function previewData(
  app: App,
  version: TemplateVersion,
  { customer, offer, example, language, rulesHold }: Wish,
  mayContact: boolean,
): Promise<{ data: Data; masked: boolean }> {
  if (customer === undefined) {
    const { examples } = version
    const given = examples[example] ?? examples.find(row => row['language'] === language) ?? examples[0] ?? {}
    return { data: { ...given, when: rules(version, rulesHold), language }, masked: false }
  }
  const put = offer ?? (await subjectsOf(app, version))[0] ?? ''
  const [made = {}] = await proofData(app, await newestBasis(app), version, [
    { customerId: customer, offer: put, product: '' },
  ])
  const data = { when: rules(version, false), ...made, language }
  return { data: mayContact ? data : disguised(data), masked: !mayContact }
}

const rules = (version: TemplateVersion, hold: boolean): Record<string, boolean> =>
  Object.fromEntries(Object.keys(version.rules ?? {}).map(key => [key, hold]))
