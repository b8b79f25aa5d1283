/** The web script as browsers get it: types and comments taken off, named by its content. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { gzipSync } from 'node:zlib'

export interface WebScript {
  code: string
  gzip: Buffer
  /** Of the content: `/huiyin.<hash>.js` never changes. */
  hash: string
  /** For the `integrity` attribute. */
  integrity: string
}

let script: WebScript | undefined

export function webScript(): WebScript {
  if (script) return script
  const source = readFileSync(new URL('../../../web/tracker/huiyin.ts', import.meta.url), 'utf8')
  const code = small(withoutTypes(source))
  const digest = createHash('sha384').update(code).digest()
  script = {
    code,
    gzip: gzipSync(code, { level: 9 }),
    hash: digest.subarray(0, 9).toString('base64url').replace(/[-_]/g, '0'),
    integrity: `sha384-${digest.toString('base64')}`,
  }
  return script
}

/** Node says once per process that this function is new; a page's visitor need not know. */
function withoutTypes(source: string): string {
  const { emitWarning } = process
  process.emitWarning = () => undefined
  try {
    return stripTypeScriptTypes(source)
  } finally {
    process.emitWarning = emitWarning
  }
}

/** Comments stand on lines of their own in that file, and its texts hold no line breaks. */
const small = (code: string): string =>
  code
    .replace(/^\s*\/\*\*[\s\S]*?\*\/\s*$/gm, '')
    .split('\n')
    .map(line => line.trim().replace(/\s+/g, ' '))
    .filter(line => line !== '' && !line.startsWith('//'))
    .join('\n')
