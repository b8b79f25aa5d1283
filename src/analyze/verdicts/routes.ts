import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { reportFormats, sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import {
  behindList,
  correctionBody,
  correctionList,
  correctionMade,
  decisionBody,
  evidenceKind,
  modelVerdict,
} from './api.ts'
import { proposeCorrection } from './corrections.ts'
import { customersBehind } from './customers-behind.ts'
import { decideCorrection } from './decide-correction.ts'
import { takeBackCorrection } from './take-back.ts'
import { verdictReport } from './verdict-report.ts'
import { correctionsView, verdictView } from './views.ts'

const tags = ['analyze']
const read = { config: { permission: 'insight.read' as const } }
const numbered = z.object({ id: z.coerce.number().int().positive() })

/** Which parts of the customer model held, what to change, and who decided. */
export function verdictRoutes(http: Http, app: App): void {
  http.get(
    '/customer-model/verdict',
    {
      ...read,
      schema: {
        tags,
        summary: 'Which segments, scores and needs rules held, with evidence',
        response: { 200: modelVerdict },
      },
    },
    () => verdictView(app),
  )
  http.get(
    '/customer-model/verdict/export',
    {
      ...read,
      schema: {
        tags,
        summary: 'The same as a file',
        querystring: z.object({ format: z.enum(reportFormats) }),
      },
    },
    async (req, reply) => {
      const view = await verdictView(app)
      return sendReport(
        reply,
        await writeReport(verdictReport(view, langOf(req)), req.query.format),
        `customer-model-${view.asOf}`,
      )
    },
  )
  http.get(
    '/customer-model/customers',
    {
      ...read,
      schema: {
        tags,
        summary: 'The customers behind one figure of the verdict',
        querystring: z.object({
          segment: z.string().max(40),
          kind: evidenceKind,
          asOf: z.iso.date(),
          offset: z.coerce.number().int().min(0).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: behindList },
      },
    },
    req => customersBehind(app, req.query),
  )
  http.get(
    '/customer-model/corrections',
    {
      ...read,
      schema: { tags, summary: 'Corrections asked for and decided', response: { 200: correctionList } },
    },
    () => correctionsView(app),
  )
  http.post(
    '/customer-model/corrections',
    {
      config: { permission: 'segments.write' as const },
      schema: {
        tags,
        summary: 'Make the correction the evidence speaks for, try it on the past, ask for approval',
        body: correctionBody,
        response: { 200: correctionMade },
      },
    },
    async req => ({ id: await proposeCorrection(app, req.body, req.user) }),
  )
  for (const answer of ['approve', 'refuse'] as const)
    http.post(
      `/customer-model/corrections/:id/${answer}`,
      {
        config: { permission: 'segments.approve' as const },
        schema: {
          tags,
          summary: answer === 'approve' ? 'Another person approves: it holds from the next turn' : 'Turn it down',
          params: numbered,
          body: decisionBody,
          response: { 200: correctionMade },
        },
      },
      async req => {
        await decideCorrection(app, req.params.id, answer, req.body.note, req.user)
        return { id: req.params.id }
      },
    )
  http.post(
    '/customer-model/corrections/:id/take-back',
    {
      config: { permission: 'segments.approve' as const },
      schema: {
        tags,
        summary: 'What held before an approved correction holds again from the next turn',
        params: numbered,
        response: { 200: correctionMade },
      },
    },
    async req => {
      await takeBackCorrection(app, req.params.id, req.user)
      return { id: req.params.id }
    },
  )
}
