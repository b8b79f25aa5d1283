import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { printRunDetail, printRunList, printRunView, printSettingsSchema, reportBody, reprintBody } from './api.ts'
import { errors } from './errors.ts'
import { makePrintRun, queueFiles } from './make-run.ts'
import { takeReport } from './reports.ts'
import { reprint } from './reprint.ts'
import { runFolder } from './run-folder.ts'
import { filesOf, printRun } from './run-store.ts'
import { runDetail, runList, runView } from './run-view.ts'

const byRun = z.object({ id: z.coerce.number().int().min(1) })
const parts = { pdf: '.pdf', control: '.csv', proof: '-proof.pdf' } as const

export function printRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'print.read' as const } }
  const write = { config: { permission: 'print.run' as const } }
  const tags = ['interact']

  http.get(
    '/print-runs',
    { ...read, schema: { tags, summary: 'Print runs, newest first', response: { 200: printRunList } } },
    async () => runList(app),
  )

  http.get(
    '/print-runs/:id',
    { ...read, schema: { tags, summary: 'One print run', params: byRun, response: { 200: printRunDetail } } },
    async req => runDetail(app, req.params.id),
  )

  http.post(
    '/print-runs',
    {
      ...write,
      schema: {
        tags,
        summary: 'Print what was delivered and stands in no run yet',
        body: printSettingsSchema,
        response: { 200: printRunView },
      },
    },
    async req => {
      const { id } = await makePrintRun(app, req.body, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'print.run', object: `print-run/${id}` })
      return runView(app, await printRun(app, id))
    },
  )

  http.post(
    '/print-runs/:id/resume',
    {
      ...write,
      schema: {
        tags,
        summary: 'Make the files that are not there',
        params: byRun,
        body: z.object({}).nullish(),
        response: { 200: printRunView },
      },
    },
    async req => {
      const run = await printRun(app, req.params.id)
      await queueFiles(app, run.id, run.files)
      return runView(app, run)
    },
  )

  http.post(
    '/print-runs/:id/report',
    {
      ...write,
      schema: {
        tags,
        summary: 'What the inserter says of the pieces',
        params: byRun,
        body: reportBody,
        response: { 200: z.record(z.string(), z.number()) },
      },
    },
    async req => {
      const counts = await takeReport(app, req.params.id, req.body.rows)
      const object = `print-run/${req.params.id}`
      await audit(app, { userId: req.user.userId, action: 'print.report', object, detail: counts })
      return counts
    },
  )

  http.post(
    '/print-runs/:id/reprint',
    {
      ...write,
      schema: {
        tags,
        summary: 'Pieces again: by number, or all that are damaged or missing',
        params: byRun,
        body: reprintBody,
        response: { 200: printRunView },
      },
    },
    async req => {
      const made = await reprint(app, req.params.id, req.body.pieces, req.user.userId)
      const detail = { of: req.params.id, pieces: made.pieces }
      await audit(app, { userId: req.user.userId, action: 'print.reprint', object: `print-run/${made.id}`, detail })
      return runView(app, await printRun(app, made.id))
    },
  )

  http.get(
    '/print-runs/:id/files/:file/:part',
    {
      config: { permission: 'print.run' as const },
      schema: {
        tags,
        summary: 'A file for the printer, its proof, or its control file',
        params: byRun.extend({ file: z.coerce.number().int().min(1), part: z.enum(['pdf', 'control', 'proof']) }),
      },
    },
    async (req, reply) => {
      const { id, file, part } = req.params
      const found = (await filesOf(app, id)).find(each => each.file === file)
      const name = found ? `${found.name}${parts[part]}` : ''
      const path = join(runFolder(app, id), name)
      const size = found
        ? await stat(path).then(
            ({ size }) => size,
            () => undefined,
          )
        : undefined
      if (size === undefined) throw errors['interact.no-print-file']({ id: String(id), file: String(file) })
      await audit(app, { userId: req.user.userId, action: 'print.fetch', object: `print-run/${id}/${name}` })
      return reply
        .header('content-type', part === 'control' ? 'text/csv; charset=utf-8' : 'application/pdf')
        .header('content-disposition', `attachment; filename="${name}"`)
        .header('content-length', size)
        .send(createReadStream(path))
    },
  )
}
