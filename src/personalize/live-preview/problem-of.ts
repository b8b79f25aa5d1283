import type { HuiyinError } from '../../platform/errors.ts'
import type { Text } from '../../platform/text.ts'
import type { Problem } from '../design/problems.ts'

/** `main.typ:12:5 (due): message`, as faults of engines are told (compose/problem.ts), or a catalogue error that names file and line. */
const PLACE =
  /(?:^|[\s"“：:])([\w.-]+\.(?:typ|mjml|txt|json|html)):(\d+)(?::(\d+))?(?: \[([a-z0-9-]+)\])?(?:\s*\(([^)]+)\))?:?\s*/

export interface PlacedProblem extends Problem {
  column?: number
}

export function problemOfError(error: HuiyinError): PlacedProblem {
  return placed({ en: error.messageIn('en'), zh: error.messageIn('zh-CN') })
}

export const problemOfDetail = (reason: Text, detail: string): PlacedProblem =>
  placed({ en: `${reason.en}: ${detail}`, zh: `${reason.zh}：${detail}` }, detail)

function placed(message: Text, text = message.en): PlacedProblem {
  const found = PLACE.exec(text)
  if (!found) return { block: '', severity: 'error', message }
  const [, file = '', line = '0', column, block = '', field] = found
  return {
    block,
    severity: 'error',
    message,
    file,
    line: Number(line),
    ...(column ? { column: Number(column) } : {}),
    ...(field ? { field } : {}),
  }
}
