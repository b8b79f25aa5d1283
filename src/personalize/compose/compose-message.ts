import { HuiyinError } from '../../platform/errors.ts'
import { documentWords } from '../archive/words.ts'
import { checkData, type Data } from './check-data.ts'
import { collectGarbage } from './collect-garbage.ts'
import { composeEmail } from './email.ts'
import { TemplateFault } from './liquid-problem.ts'
import { held, type Outcome } from './outcome.ts'
import { composePage } from './page.ts'
import { composePrint } from './print.ts'
import { inOneLine } from './problem.ts'
import { composeScript } from './script.ts'
import { composeSms } from './sms.ts'
import type { TemplateVersion } from './template.ts'

/** One message from one template and one customer's data; what cannot be composed is held back and harms nobody else. */
export async function composeMessage(version: TemplateVersion, given: Data): Promise<Outcome> {
  try {
    const checked = checkData(version, given)
    if ('state' in checked) return checked
    const outcome = await byChannel(version, checked.data)
    return outcome.state === 'composed' ? { ...outcome, words: documentWords(version, checked.data, outcome) } : outcome
  } catch (error) {
    // A fault of the template itself, and not of these data, concerns whoever wrote it.
    if (error instanceof HuiyinError) throw error
    if (error instanceof TemplateFault) return held('template-failed', inOneLine(error.problem))
    return held('template-failed', error instanceof Error ? error.message : String(error))
  }
}

async function byChannel(version: TemplateVersion, data: Data): Promise<Outcome> {
  switch (version.manifest.channel) {
    case 'print': {
      const outcome = composePrint(version, data)
      await collectGarbage()
      return outcome
    }
    case 'email': {
      const outcome = await composeEmail(version, data)
      if (version.document) await collectGarbage()
      return outcome
    }
    case 'portal':
    case 'kiosk':
      return composePage(version, data)
    case 'sms':
      return composeSms(version, data)
    case 'call':
      return composeScript(version, data)
  }
}
