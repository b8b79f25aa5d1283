/** The parts of an import by kind of file: where its rows are staged, how they are parsed, how they are put into place. */
import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'
import { withoutErased } from '../rights/skip-erased.ts'
import { parseAttributes, parsedAttributes, storeAttributes } from './attributes.ts'
import { comparedPeople, type Stored, storePeople } from './commit-people.ts'
import { parsePeople } from './parse-people.ts'
import { parsedConsents, parsedNames, parsedPeople } from './people.ts'
import { parsedProducts, productProblems, productStaging, storeProducts } from './products.ts'
import type { BadRow } from './rules.ts'
import { parsedSales, saleProblems, salesStaging, storeSales } from './sales.ts'
import { dropStaging, type StageTarget, textStaging } from './stage-file.ts'

export function stagingFor(app: App, importId: number, mapping: Mapping): Promise<StageTarget> {
  if (mapping.kind === 'sales') return salesStaging(app, importId, mapping)
  if (mapping.kind === 'products') return productStaging(app, importId, mapping)
  return textStaging(app, importId, mapping)
}

/** Returns the rows that were refused; whoever was erased is taken out of the others. */
export async function parseStaged(app: App, importId: number, staged: string, mapping: Mapping): Promise<BadRow[]> {
  return withoutErased(app, importId, mapping, await parseRows(app, importId, staged, mapping))
}

function parseRows(app: App, importId: number, staged: string, mapping: Mapping): Promise<BadRow[]> {
  if (mapping.kind === 'people') return parsePeople(app, importId, staged, mapping)
  if (mapping.kind === 'sales') return saleProblems(app, importId, mapping)
  if (mapping.kind === 'products') return productProblems(app, importId, mapping)
  return parseAttributes(app, importId, staged, mapping)
}

/**
 * `good` rows were parsed. Rows mended later than they came in (`from`: the import they belong to) do not push aside what newer
 * imports brought under the same key: they count as duplicates.
 */
export function storeStaged(
  app: App,
  importId: number,
  staging: string,
  mapping: Mapping,
  good: number,
  from?: number,
): Promise<Stored> {
  if (mapping.kind === 'people') {
    return storePeople(app, importId, mapping.source, staging, from)
  }
  if (mapping.kind === 'sales') return storeSales(app, importId, mapping)
  if (mapping.kind === 'products') return storeProducts(app, importId, from)
  return storeAttributes(app, importId, mapping.source, good)
}

export const stagingTables = (importId: number): string[] => [
  `staging_${importId}`,
  parsedPeople(importId),
  parsedConsents(importId),
  parsedNames(importId),
  parsedSales(importId),
  parsedProducts(importId),
  parsedAttributes(importId),
  ...Object.values(comparedPeople(importId)),
]

export async function dropStagingTables(app: App, importId: number): Promise<void> {
  for (const table of stagingTables(importId)) await dropStaging(app, table).catch(() => undefined)
}
