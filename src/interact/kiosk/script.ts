import { readFileSync } from 'node:fs'
import { join } from 'node:path'

let script: string | undefined

/** The kiosk's one script, as it lies beside this file. */
export const kioskScript = (): string => (script ??= readFileSync(join(import.meta.dirname, 'kiosk-script.js'), 'utf8'))
