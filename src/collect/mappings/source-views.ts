/** Sources as the app shows them: where they stand, what came of them, what is planned. */
import type { z } from 'zod'
import type { App } from '../../platform/app.ts'
import { collectErrors } from '../errors.ts'
import { maskAddress } from '../importers/address.ts'
import { type Mapping, mappingSchema } from '../mapping.ts'
import { userNames } from '../mending/history.ts'
import { type Load, loads, schedules } from '../schedules/schedules.ts'
import { registerSource, type Source, sourceNamed, sources } from '../sources.ts'
import type { loadView, sourceDetail, sourceView } from './api.ts'
import { diffMappings } from './diff-mappings.ts'

type SourceView = z.output<typeof sourceView>
type LoadView = z.output<typeof loadView>

interface Counts {
  source: string
  imports: number
  rowsIn: number
  stored: number
  duplicates: number
  quarantined: number
  lastImport: string
}

export async function sourceViews(app: App, only?: string): Promise<SourceView[]> {
  const [all, counts, timed, recent] = await Promise.all([
    sources(app),
    app.facts.query<Counts>(
      `SELECT source, countIf(replay_of = 0) AS imports, sum(rows_in) AS rowsIn, sum(stored) AS stored, sum(duplicates) AS duplicates,
              sum(quarantined) - sum(mended) AS quarantined, max(committed_at) AS lastImport
       FROM import_commits GROUP BY source`,
    ),
    schedules(app),
    app.workflow.db
      .selectFrom('collect_loads')
      .select(({ fn }) => fn.max('id').as('id'))
      .groupBy('source')
      .execute(),
  ])
  const newest = new Set(recent.map(({ id }) => id))
  const latest = (await loads(app, only, 500)).filter(load => newest.has(load.id))
  const inTurn = only ? all.filter(({ source }) => source === only) : all
  return inTurn.map(source => {
    const sums = counts.find(row => row.source === source.source)
    const schedule = timed.find(row => row.source === source.source)
    const load = latest.find(row => row.source === source.source)
    return {
      ...described(source),
      imports: sums?.imports ?? 0,
      rowsIn: sums?.rowsIn ?? 0,
      stored: sums?.stored ?? 0,
      duplicates: sums?.duplicates ?? 0,
      quarantined: sums?.quarantined ?? 0,
      lastImport: sums?.lastImport ?? null,
      schedule: schedule
        ? {
            timing: schedule.timing,
            timeZone: schedule.timeZone,
            paused: schedule.paused,
            next: schedule.next?.toISOString() ?? null,
          }
        : null,
      lastLoad: load ? loadAsView(load) : null,
    }
  })
}

const described = ({ source, folder, mapping, inTurns }: Source) => ({
  source,
  file: maskAddress(mapping.file),
  folder,
  importer: mapping.importer,
  kind: mapping.kind,
  version: mapping.version,
  trust: mapping.trust,
  inTurns,
  columns: mapping.columns.map(({ header, field }) => ({ header, field })),
})

export function loadAsView(load: Load): LoadView {
  const number = (name: string) => Number(load.result[name] ?? 0)
  return {
    id: load.id,
    source: load.source,
    trigger: load.trigger,
    state: load.state,
    share: load.total > 0 ? Math.min(1, load.done / load.total) : 0,
    note: load.note,
    result:
      load.state === 'done'
        ? {
            files: number('files'),
            known: number('known'),
            rowsIn: number('rowsIn'),
            stored: number('stored'),
            duplicates: number('duplicates'),
            quarantined: number('quarantined'),
            seconds: number('seconds'),
          }
        : null,
    error: load.error,
    startedAt: load.startedAt.toISOString(),
    finishedAt: load.finishedAt?.toISOString() ?? null,
  }
}

export async function sourceDetailOf(app: App, name: string): Promise<z.output<typeof sourceDetail>> {
  const saved = await sourceNamed(app, name)
  const [[source], versions, names, runs] = await Promise.all([
    sourceViews(app, name),
    app.workflow.db
      .selectFrom('collect_mapping_versions')
      .selectAll()
      .where('source', '=', name)
      .orderBy('version', 'desc')
      .limit(200)
      .execute(),
    userNames(app),
    loads(app, name, 20),
  ])
  const mappings = versions.map(row => shownMapping(mappingSchema.parse(row.mapping)))
  return {
    source: source!,
    mapping: shownMapping(saved.mapping),
    versions: versions.map((row, place) => {
      const before = mappings[place + 1]
      return {
        version: row.version,
        savedBy: names.get(row.saved_by) ?? '',
        savedAt: row.saved_at.toISOString(),
        restoredFrom: row.restored_from,
        changes: before ? diffMappings(before, mappings[place]!) : [],
      }
    }),
    loads: runs.map(loadAsView),
  }
}

export const shownMapping = (mapping: Mapping): Mapping => ({ ...mapping, file: maskAddress(mapping.file) })

/** An address that was shown without its password and comes back so is the one that is saved. */
export const unmaskedFile = (file: string, saved: Mapping | undefined): string =>
  saved && file === maskAddress(saved.file) ? saved.file : file

export async function restoreVersion(app: App, name: string, version: number, by: number): Promise<Mapping> {
  await sourceNamed(app, name)
  const row = await app.workflow.db
    .selectFrom('collect_mapping_versions')
    .select(['mapping', 'folder'])
    .where('source', '=', name)
    .where('version', '=', version)
    .executeTakeFirst()
  if (!row) throw collectErrors['collect.version-unknown']({ source: name, version })
  return registerSource(app, mappingSchema.parse(row.mapping), row.folder, { by, restoredFrom: version })
}
