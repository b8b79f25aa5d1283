import type { App, Http } from '../../../platform/app.ts'
import { audit } from '../../../platform/audit.ts'
import { sendReport, writeReport } from '../../../platform/export/index.ts'
import { langOf } from '../../../platform/http/errors.ts'
import * as api from '../api.ts'
import { currencyOf } from '../currency.ts'
import { matrixReport } from '../matrix/matrix-report.ts'
import { cellMembers, readMatrix, saveMatrix } from '../matrix/read-matrix.ts'

const tags = ['segments']
const read = { config: { permission: 'segments.read' as const } }

/** Value against the risk of leaving, with a strategy for each cell. */
export function matrixRoutes(http: Http, app: App): void {
  http.get(
    '/segments/matrix',
    { ...read, schema: { tags, summary: 'The value × churn matrix', response: { 200: api.matrixView } } },
    () => readMatrix(app),
  )
  http.put(
    '/segments/matrix',
    {
      config: { permission: 'segments.write' },
      schema: {
        tags,
        summary: 'Change its limits and strategies',
        body: api.matrixSchema,
        response: { 200: api.matrixView },
      },
    },
    async req => {
      await saveMatrix(app, req.body)
      await audit(app, { userId: req.user.userId, action: 'segments.matrix', object: 'segments' })
      return readMatrix(app)
    },
  )
  http.get(
    '/segments/matrix/:value/:churn/customers',
    {
      ...read,
      schema: {
        tags,
        summary: 'Customers of a cell, those with most to lose first',
        params: api.cellParams,
        querystring: api.paging,
        response: { 200: api.cellMembers },
      },
    },
    req => cellMembers(app, { ...req.params, ...req.query }),
  )
  http.get(
    '/segments/matrix/export',
    { ...read, schema: { tags, summary: 'The matrix as a file', querystring: api.exportQuery } },
    async (req, reply) => {
      const report = matrixReport(await readMatrix(app), langOf(req), await currencyOf(app))
      return sendReport(reply, await writeReport(report, req.query.format), 'value-churn')
    },
  )
}
