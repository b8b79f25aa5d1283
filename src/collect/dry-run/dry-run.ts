/** What an import would change, without changing anything. */
import { basename } from 'node:path'
import type { App, Progress } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { MOST_BAD } from '../import/checked-rows.ts'
import { type BadRow, messageOf } from '../import/rules.ts'
import { isAddress, maskAddress } from '../importers/address.ts'
import type { Mapping } from '../mapping.ts'
import {
  type Compared,
  changedFields,
  compareAttributes,
  comparePeopleRows,
  compareProducts,
  compareSales,
  MOST_COMPARED,
} from './compare.ts'
import { goldenAhead } from './golden-ahead.ts'
import { type ParsedAhead, parsedAhead } from './parsed-ahead.ts'
import type { DryRunReport } from './report.ts'

export async function dryRun(
  app: App,
  mapping: Mapping,
  path: string,
  progress: Progress = () => undefined,
): Promise<DryRunReport> {
  const started = performance.now()
  const file = isAddress(path) ? maskAddress(path) : basename(path)
  return parsedAhead(app, mapping, path, progress, async parsed => {
    if (parsed.bad.length > MOST_BAD) throw collectErrors['collect.file-mostly-bad']({ file, bad: MOST_BAD })
    const compared = await compare(app, parsed, mapping)
    const about = mapping.kind === 'people'
    const fields = about && compared.changed > 0 ? await changedFields(app, parsed.id, mapping) : []
    const golden = about ? await goldenAhead(app, parsed.id, mapping, compared.fresh) : null
    progress(3, 3, file)
    return {
      source: mapping.source,
      file,
      kind: mapping.kind,
      rowsIn: parsed.rows,
      fresh: compared.fresh,
      changed: compared.changed,
      same: compared.good - compared.fresh - compared.changed - compared.repeated,
      repeated: compared.repeated,
      quarantined: parsed.bad.length,
      refused: byRule(parsed.bad),
      compared: Math.min(compared.changed, MOST_COMPARED),
      fields,
      golden,
      seconds: Math.round(performance.now() - started) / 1000,
    }
  })
}

function compare(app: App, parsed: ParsedAhead, mapping: Mapping): Promise<Compared> {
  if (mapping.kind === 'people') return comparePeopleRows(app, parsed, mapping)
  if (mapping.kind === 'sales') return compareSales(app, parsed, mapping)
  if (mapping.kind === 'products') return compareProducts(app, parsed)
  return compareAttributes(app, parsed, mapping)
}

const EXAMPLES = 5

export function byRule(bad: readonly BadRow[]): DryRunReport['refused'] {
  const groups = new Map<string, DryRunReport['refused'][number]>()
  for (const row of bad) {
    const key = `${row.rule} ${row.column}`
    const group = groups.get(key) ?? { rule: row.rule, column: row.column, count: 0, examples: [] }
    group.count++
    if (group.examples.length < EXAMPLES)
      group.examples.push({ rowNo: row.rowNo, value: row.value, message: messageOf(row) })
    groups.set(key, group)
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}
