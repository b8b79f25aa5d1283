import { existsSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The templates that come with the product. */
export const sampleTemplates = fileURLToPath(new URL('../../samples/templates', import.meta.url))

/** `bill` is one of the product's; a path to a folder with a `template.json` is one's own (its `brand.json` lies beside it). */
export function findTemplate(named: string): { root: string; id: string } {
  const folder = resolve(named)
  const own = /[/\\.]/.test(named) && existsSync(join(folder, 'template.json'))
  return own ? { root: dirname(folder), id: basename(folder) } : { root: sampleTemplates, id: named }
}
