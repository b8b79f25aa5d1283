import { HuiyinError } from '../../platform/errors.ts'
import { checkData, type Data } from './check-data.ts'
import { collectGarbage } from './collect-garbage.ts'
import { composeEmail } from './email.ts'
import { held, type Outcome } from './outcome.ts'
import { composePrint } from './print.ts'
import { composeScript } from './script.ts'
import { composeSms } from './sms.ts'
import type { TemplateVersion } from './template.ts'

/** One message from one template and one customer's data; what cannot be composed is held back and harms nobody else. */
export async function composeMessage(version: TemplateVersion, given: Data): Promise<Outcome> {
  const checked = checkData(version, given)
  if ('state' in checked) return checked
  try {
    return await byChannel(version, checked.data)
  } catch (error) {
    // A fault of the template itself, and not of these data, concerns whoever wrote it.
    if (error instanceof HuiyinError) throw error
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
    case 'email':
      return composeEmail(version, data)
    case 'sms':
      return composeSms(version, data)
    case 'call':
      return composeScript(version, data)
  }
}
