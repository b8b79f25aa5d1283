import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { readCoverage } from './font-coverage.ts'
import { renameFamily } from './font-family.ts'

/** The one family of all printed matter and charts: Noto Sans SC (SIL OFL 1.1), 30,888 characters, from a package. */
export const FONT_FAMILY = 'Huiyin Noto Sans SC'

const files = ['400Regular/NotoSansSC_400Regular.ttf', '700Bold/NotoSansSC_700Bold.ttf']

export interface Fonts {
  /** First 16 hex of the SHA-256 over the fonts' bytes: the ledger's font version. */
  version: string
  /** True when every weight has a glyph. */
  covers(codePoint: number): boolean
}

let known: Fonts | undefined

/** What is known of the fonts; read once a thread (60 ms). The 21 MB themselves are not kept: the print engine has its own. */
export function fonts(): Fonts {
  known ??= look(fontBlobs())
  return known
}

/** The fonts' bytes, under our family's name. */
export function fontBlobs(): Buffer[] {
  const folder = dirname(createRequire(import.meta.url).resolve('@expo-google-fonts/noto-sans-sc/package.json'))
  return files.map(file => renameFamily(readFileSync(join(folder, file)), FONT_FAMILY))
}

function look(blobs: readonly Buffer[]): Fonts {
  const hash = createHash('sha256')
  for (const blob of blobs) hash.update(blob)
  const coverages = blobs.map(readCoverage)
  return {
    version: `noto-sans-sc/${hash.digest('hex').slice(0, 16)}`,
    covers: codePoint => coverages.every(covers => covers(codePoint)),
  }
}
