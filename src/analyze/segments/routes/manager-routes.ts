import type { App, Http } from '../../../platform/app.ts'
import { audit } from '../../../platform/audit.ts'
import { sendReport, writeReport } from '../../../platform/export/index.ts'
import { langOf } from '../../../platform/http/errors.ts'
import { segmentNames } from '../../segment-names.ts'
import * as api from '../api.ts'
import { management, possibleOwners, saveManagement } from '../manager/management.ts'
import { managementReport } from '../manager/management-report.ts'

const tags = ['segments']
const read = { config: { permission: 'segments.read' as const } }

/** The page of the person who answers for a segment. */
export function managerRoutes(http: Http, app: App): void {
  http.get(
    '/segments/owners',
    { ...read, schema: { tags, summary: 'Who can answer for a segment', response: { 200: api.owners } } },
    async () => ({ rows: await possibleOwners(app) }),
  )
  http.get(
    '/segments/:id/management',
    {
      ...read,
      schema: {
        tags,
        summary: 'Owner, target and result, movement, contacts, what they buy',
        params: api.segmentCode,
        response: { 200: api.management },
      },
    },
    req => management(app, req.params.id),
  )
  http.put(
    '/segments/:id/management',
    {
      config: { permission: 'segments.write' },
      schema: {
        tags,
        summary: 'Name the owner and the targets',
        params: api.segmentCode,
        body: api.managementBody,
        response: { 200: api.management },
      },
    },
    async req => {
      await saveManagement(app, req.params.id, req.body)
      await audit(app, { userId: req.user.userId, action: 'segments.manage', object: `segments/${req.params.id}` })
      return management(app, req.params.id)
    },
  )
  http.get(
    '/segments/:id/export',
    {
      ...read,
      schema: {
        tags,
        summary: 'The manager’s page as a file',
        params: api.segmentCode,
        querystring: api.exportQuery,
      },
    },
    async (req, reply) => {
      const [view, names] = await Promise.all([management(app, req.params.id), segmentNames(app)])
      const report = managementReport(view, names, langOf(req))
      return sendReport(
        reply,
        await writeReport(report, req.query.format),
        `segment-${view.segment.code.toLowerCase()}`,
      )
    },
  )
}
