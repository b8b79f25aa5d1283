import { checkData, type Data } from '../compose/check-data.ts'
import { composeMessage } from '../compose/compose-message.ts'
import { missingGlyph } from '../compose/glyph-coverage.ts'
import { TemplateFault } from '../compose/liquid-problem.ts'
import { type Held, held } from '../compose/outcome.ts'
import { inOneLine } from '../compose/problem.ts'
import { composeSms } from '../compose/sms.ts'
import type { TemplateVersion } from '../compose/template.ts'
import { languageOf, viewOf } from '../compose/texts.ts'
import { coverageOf } from './branches/coverage.ts'
import { shapeOf } from './shape.ts'

export interface Measured {
  /** Why nothing could be sent to this customer. */
  held: { reason: string; detail: string } | null
  language: string
  /** Ways the template goes for these data; those on the page only where it was set. */
  taken: string[]
  shape: string[]
  /** Of the data as JSON: more of them give more pages. */
  size: number
  pages: number
  segments: number
}

/** `whole`: composed as it would be sent (12 ms of print); else everything short of setting the page (.3 ms). */
export async function measure(version: TemplateVersion, given: Data, whole: boolean): Promise<Measured> {
  const base = {
    language: languageOf(version, given),
    taken: [],
    shape: shapeOf(given),
    size: JSON.stringify(given).length,
  }
  const stopped = ({ reason, detail }: Held): Measured => ({ ...base, held: { reason, detail }, pages: 0, segments: 0 })
  try {
    const checked = checkData(version, given)
    if ('state' in checked) return stopped(checked)
    const { data } = checked
    const coverage = coverageOf(version)
    const taken = coverage.inTexts(data)
    const shape = shapeOf(data)
    if (whole) {
      const outcome = await composeMessage(version, given)
      if (outcome.state === 'held') return { ...stopped(outcome), taken, shape }
      const page = version.manifest.channel === 'print' ? coverage.onPage(data) : { taken: [], pages: 0 }
      const { pages, segments } = outcome
      return { ...base, held: null, taken: [...taken, ...page.taken], shape, pages, segments }
    }
    const unfit = withoutSetting(version, data)
    if (unfit) return { ...stopped(unfit), taken, shape }
    return { ...base, held: null, taken, shape, pages: 0, segments: 0 }
  } catch (error) {
    const problem = error instanceof TemplateFault ? inOneLine(error.problem) : String((error as Error).message)
    return stopped(held('template-failed', problem))
  }
}

function withoutSetting(version: TemplateVersion, data: Data): Held | undefined {
  const { channel } = version.manifest
  if (channel === 'sms') {
    const outcome = composeSms(version, data)
    return outcome.state === 'held' ? outcome : undefined
  }
  if (channel !== 'print') return undefined
  const { t } = viewOf(version, data)
  const missing = missingGlyph({ ...data, ...t })
  return missing && held('glyph-missing', `${missing.field}: ${missing.character} (${missing.codePoint})`)
}
