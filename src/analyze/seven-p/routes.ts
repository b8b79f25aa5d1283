import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { reportFormats, sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import { thePs } from '../board/figures.ts'
import {
  contactCostList,
  contactCostsBody,
  customersBehind as customersShape,
  pageFilter,
  sevenPPage as pageShape,
  targetList,
  targetsBody,
} from './api.ts'
import { asked } from './asked.ts'
import { contactCostsPage, setContactCosts } from './contact-costs.ts'
import { customersBehind } from './customers-behind.ts'
import { customersReport, MOST_EXPORTED } from './customers-report.ts'
import { sevenPPageOf } from './page.ts'
import { pageReport } from './report.ts'
import { setTargets, targetsPage } from './targets.ts'

const tags = ['analyze']
const read = { permission: 'insight.read' } as const
const write = { permission: 'insight.targets' } as const
const who = z.object({ who: z.string().max(120).default('all') })
const format = z.object({ format: z.enum(reportFormats).default('csv') })
const now = (): string => new Date().toISOString().slice(0, 16).replace('T', ' ')

export function sevenPRoutes(http: Http, app: App): void {
  http.get(
    '/insight/:p',
    {
      config: read,
      schema: {
        tags,
        summary: 'One of the seven P: figures with formula, lineage and who is behind them, by segment, place and time',
        params: z.object({ p: z.enum(thePs) }),
        querystring: pageFilter,
        response: { 200: pageShape },
      },
    },
    req => sevenPPageOf(app, req.params.p, req.query),
  )
  http.get(
    '/insight/:p/export',
    {
      config: read,
      schema: {
        tags,
        summary: 'The page, or one block of it, as CSV, XLSX or PDF',
        params: z.object({ p: z.enum(thePs) }),
        querystring: pageFilter.extend(format.shape).extend({ block: z.string().max(40).default('') }),
      },
    },
    async (req, reply) => {
      const { format, block, ...filter } = req.query
      const page = await sevenPPageOf(app, req.params.p, filter)
      const report = pageReport(page, filter, { lang: langOf(req), at: now(), by: req.user.login }, block)
      const name = [req.params.p, block, page.asOf].filter(Boolean).join('-')
      return sendReport(reply, await writeReport(report, format), name)
    },
  )
  http.get(
    '/insight/customers',
    {
      config: read,
      schema: {
        tags,
        summary: 'The customers behind a figure, the most valuable first',
        querystring: pageFilter.extend(who.shape).extend({
          offset: z.coerce.number().int().min(0).max(1e7).default(0),
          limit: z.coerce.number().int().min(1).max(500).default(50),
        }),
        response: { 200: customersShape },
      },
    },
    req => {
      const { who, offset, limit, ...filter } = req.query
      return customersBehind(app, req.user, who, filter, { offset, limit })
    },
  )
  http.get(
    '/insight/customers/export',
    {
      config: read,
      schema: {
        tags,
        summary: 'The same as CSV, XLSX or PDF, at most ten thousand; that it was taken is logged',
        querystring: pageFilter.extend(who.shape).extend(format.shape),
      },
    },
    async (req, reply) => {
      const { who, format, ...filter } = req.query
      const list = await customersBehind(app, req.user, who, filter, { offset: 0, limit: MOST_EXPORTED })
      await audit(app, {
        userId: req.user.userId,
        action: 'insight.export-customers',
        object: 'insight',
        detail: { who, format, rows: list.rows.length },
      })
      const report = customersReport(list, { lang: langOf(req), at: now(), by: req.user.login })
      return sendReport(reply, await writeReport(report, format), `customers-${list.asOf}`)
    },
  )
  http.get(
    '/insight/targets',
    {
      config: read,
      schema: {
        tags,
        summary: 'Targets by segment and month of one metric',
        querystring: pageFilter,
        response: { 200: targetList },
      },
    },
    async req => targetsPage(await asked(app, req.query, true)),
  )
  http.put(
    '/insight/targets',
    {
      config: write,
      schema: {
        tags,
        summary: 'Sets targets, or takes those without an amount away; all or none',
        body: targetsBody,
        response: { 200: z.object({ set: z.number() }) },
      },
    },
    async req => {
      await setTargets(app, req.user.userId, req.body.targets)
      await audit(app, {
        userId: req.user.userId,
        action: 'insight.targets',
        object: 'insight_targets',
        detail: { targets: req.body.targets.length },
      })
      return { set: req.body.targets.length }
    },
  )
  http.get(
    '/insight/contact-costs',
    {
      config: read,
      schema: { tags, summary: 'What one contact costs, by channel', response: { 200: contactCostList } },
    },
    async () => contactCostsPage(await asked(app, pageFilter.parse({}), false)),
  )
  http.put(
    '/insight/contact-costs',
    {
      config: write,
      schema: {
        tags,
        summary: 'Sets what one contact by a channel costs where the event does not say',
        body: contactCostsBody,
        response: { 200: z.object({ set: z.number() }) },
      },
    },
    async req => {
      await setContactCosts(app, req.user.userId, req.body.rows)
      await audit(app, {
        userId: req.user.userId,
        action: 'insight.contact-costs',
        object: 'insight_contact_costs',
        detail: Object.fromEntries(req.body.rows.map(row => [row.channel, row.costMinor ?? 'none'])),
      })
      return { set: req.body.rows.length }
    },
  )
}
