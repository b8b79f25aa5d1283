import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { HuiyinError } from '../../platform/errors.ts'
import type { Text } from '../../platform/text.ts'
import { shown } from '../customers/masked.ts'
import { dryRun } from '../dry-run/dry-run.ts'
import { previewRows, type ReadRow } from '../dry-run/preview.ts'
import { dryRunReport } from '../dry-run/report.ts'
import { importerNamed } from '../importers/index.ts'
import { ATTRIBUTE_KEYS, type Mapping, PEOPLE_FIELDS, PRODUCT_FIELDS, SALE_FIELDS } from '../mapping.ts'
import { EVERY_MINUTES } from '../schedules/timing.ts'
import { proposeMapping, registerSource, sourceNamed } from '../sources.ts'
import {
  dryRunBody,
  mappingOptions,
  preview,
  previewBody,
  saveBody,
  sourceDetail,
  sourceViews as sourceViewsShape,
} from './api.ts'
import { checkMapping, missingFields } from './check-mapping.ts'
import { sourceName } from './source-name.ts'
import { restoreVersion, shownMapping, sourceDetailOf, sourceViews, unmaskedFile } from './source-views.ts'
import { type Target, targetOf } from './target.ts'

/** Told to the decoder by the names of the WHATWG standard. */
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const

const read = { permission: 'quality.read' } as const
const write = { permission: 'collect.import' } as const
const tags = ['sources']
const byName = z.object({ source: z.string() })

export function sourceRoutes(http: Http, app: App): void {
  http.get(
    '/sources',
    {
      config: read,
      schema: { tags, summary: 'Sources: mapping, counts, schedule, last load', response: { 200: sourceViewsShape } },
    },
    async () => ({ rows: await sourceViews(app) }),
  )

  http.get(
    '/sources/options',
    {
      config: read,
      schema: { tags, summary: 'What a mapping and a schedule can be made of', response: { 200: mappingOptions } },
    },
    async () => ({
      fields: {
        people: [...PEOPLE_FIELDS],
        sales: [...SALE_FIELDS],
        products: [...PRODUCT_FIELDS],
        attributes: [...ATTRIBUTE_KEYS],
      },
      encodings: [...ENCODINGS],
      everyMinutes: [...EVERY_MINUTES],
    }),
  )

  http.get(
    '/sources/:source',
    {
      config: read,
      schema: {
        tags,
        summary: 'One source with all versions of its mapping',
        params: byName,
        response: { 200: sourceDetail },
      },
    },
    async req => sourceDetailOf(app, req.params.source),
  )

  http.post(
    '/sources/preview',
    {
      config: write,
      schema: {
        tags,
        summary: 'How a file would be read, under a mapping or a proposed one',
        body: previewBody,
        response: { 200: preview },
      },
    },
    async req => {
      const target = await targetOf(app, req.body)
      const mapping = await mappingFor(target, req.body)
      const importer = importerNamed(mapping.importer, target.name)
      const sheets = importer.parts ? await importer.parts(target.path) : []
      const { rows, problem } = await previewRows(app, mapping, target.path)
        .then(found => ({ rows: found, problem: null }))
        .catch(error => ({ rows: [], problem: wordsOf(error) }))
      return {
        mapping: shownMapping(mapping),
        missing: missingFields(mapping),
        sheets,
        rows: maskedRows(req.user, mapping, rows),
        problem,
      }
    },
  )

  http.post(
    '/sources/dry-run',
    {
      config: write,
      schema: {
        tags,
        summary: 'What an import would change; nothing is written',
        body: dryRunBody,
        response: { 200: dryRunReport },
      },
    },
    async req => {
      const target = await targetOf(app, req.body)
      const mapping = await mappingFor(target, req.body)
      const report = await dryRun(app, checkMapping(mapping), target.path)
      const show = (field: string, value: string) => shown(req.user, field === 'name' ? 'full_name' : field, value)
      const fieldOf = (header: string) => mapping.columns.find(column => column.header === header)?.field ?? ''
      return {
        ...report,
        refused: report.refused.map(group => ({
          ...group,
          examples: group.examples.map(example => ({ ...example, value: show(fieldOf(group.column), example.value) })),
        })),
        fields: report.fields.map(change => ({
          ...change,
          examples: change.examples.map(example => ({
            ...example,
            before: show(change.field, example.before),
            after: show(change.field, example.after),
          })),
        })),
        golden: report.golden && {
          ...report.golden,
          examples: report.golden.examples.map(example => ({
            ...example,
            before: show(example.field, example.before),
            after: show(example.field, example.after),
          })),
        },
      }
    },
  )

  http.put(
    '/sources/:source',
    {
      config: write,
      schema: {
        tags,
        summary: 'Saves a mapping; a changed one is a new version',
        params: byName,
        body: saveBody,
        response: { 200: sourceDetail },
      },
    },
    async req => {
      const { source } = req.params
      const target = await targetOf(app, req.body.file || req.body.address ? req.body : { source })
      const saved = await sourceNamed(app, source).catch(() => undefined)
      const file = unmaskedFile(req.body.mapping.file, saved?.mapping)
      const mapping = checkMapping({ ...req.body.mapping, file, source: sourceName(source) })
      const kept = await registerSource(app, mapping, target.folder || saved?.folder || '', { by: req.user.userId })
      await app.workflow.db
        .updateTable('collect_sources')
        .set({ in_turns: req.body.inTurns })
        .where('source', '=', kept.source)
        .execute()
      await audit(app, {
        userId: req.user.userId,
        action: 'source.save',
        object: `source/${kept.source}`,
        detail: { version: kept.version, inTurns: req.body.inTurns },
      })
      return sourceDetailOf(app, kept.source)
    },
  )

  http.post(
    '/sources/:source/restore',
    {
      config: write,
      schema: {
        tags,
        summary: 'An older mapping again, as a new version',
        params: byName,
        body: z.object({ version: z.number().int().positive() }),
        response: { 200: sourceDetail },
      },
    },
    async req => {
      const { source } = req.params
      const kept = await restoreVersion(app, source, req.body.version, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'source.restore',
        object: `source/${source}`,
        detail: { restored: req.body.version, version: kept.version },
      })
      return sourceDetailOf(app, source)
    },
  )

  async function mappingFor(target: Target, given: z.output<typeof previewBody>): Promise<Mapping> {
    if (given.mapping) return { ...given.mapping, file: unmaskedFile(given.mapping.file, target.saved?.mapping) }
    const { kind, encoding, delimiter, sheet } = given
    if (target.saved && !kind && !encoding && !delimiter && !sheet) return target.saved.mapping
    return proposeMapping(target.path, target.saved?.source ?? sourceName(target.name), kind, {
      encoding,
      delimiter,
      sheet,
    })
  }
}

const wordsOf = (error: unknown): Text => {
  if (error instanceof HuiyinError && error.status < 500)
    return { en: error.messageIn('en'), zh: error.messageIn('zh-CN') }
  throw error
}

/** Who brings data in sees it as given; identity numbers stay masked for everybody. */
function maskedRows(reader: { roles: readonly string[] }, mapping: Mapping, rows: ReadRow[]): ReadRow[] {
  const open = permits(reader, 'customers.contact')
  const show = (place: number, value: string) => {
    const field = mapping.columns[place]?.field ?? ''
    if (value === '') return ''
    if (field === 'ignore' || field === 'consents') return open ? value : '***'
    return shown(reader, field === 'phone' ? 'mobile' : field, value)
  }
  return rows.map(row => ({
    ...row,
    cells: row.cells.map((cell, place) => ({
      given: show(place, cell.given),
      read: cell.read === null ? null : show(place, cell.read),
      problem: open ? cell.problem : cell.problem && { en: '***', zh: '***' },
    })),
  }))
}
