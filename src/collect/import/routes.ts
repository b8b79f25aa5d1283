import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { failingRows, importList, qualityReport, quarantineList, sourceList } from '../api.ts'
import { shown } from '../customers/masked.ts'
import { eventSchema, recordEvents } from '../events.ts'
import { rowsBehind, scorecard } from '../quality/report.ts'
import { sources } from '../sources.ts'
import { imports, quarantined } from './lists.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const read = { permission: 'quality.read' } as const
const tags = ['data']

export function dataRoutes(http: Http, app: App): void {
  http.get(
    '/quality',
    { config: read, schema: { tags, summary: 'The scorecard', response: { 200: qualityReport } } },
    async () => scorecard(app),
  )

  http.get(
    '/quality/rows',
    {
      config: read,
      schema: {
        tags,
        summary: 'The rows behind a figure',
        querystring: z.object({ source: z.string(), field: z.string(), rule: z.string(), ...page }),
        response: { 200: failingRows },
      },
    },
    async req => {
      const { total, rows } = await rowsBehind(app, req.query)
      return { total, rows: rows.map(row => ({ ...row, value: shown(req.user, req.query.field, row.value) })) }
    },
  )

  http.get(
    '/quarantine',
    {
      config: read,
      schema: {
        tags,
        summary: 'Rows refused at import',
        querystring: z.object(page),
        response: { 200: quarantineList },
      },
    },
    async req => quarantined(app, req.query.offset, req.query.limit),
  )

  http.get(
    '/imports',
    { config: read, schema: { tags, summary: 'What was imported', response: { 200: importList } } },
    async () => imports(app),
  )

  http.get(
    '/sources',
    { config: read, schema: { tags, summary: 'Sources and their saved mappings', response: { 200: sourceList } } },
    async () => ({
      rows: (await sources(app)).map(({ source, mapping }) => ({
        source,
        file: mapping.file,
        importer: mapping.importer,
        kind: mapping.kind,
        version: mapping.version,
        columns: mapping.columns.map(({ header, field }) => ({ header, field })),
      })),
    }),
  )

  http.post(
    '/events',
    {
      config: { permission: 'collect.import' },
      schema: {
        tags,
        summary: 'Events of customers, in batches; the same event id twice is one event',
        body: z.object({ events: z.array(eventSchema).max(10_000) }),
        response: { 200: z.object({ recorded: z.number() }) },
      },
    },
    async req => recordEvents(app, req.body.events),
  )
}
