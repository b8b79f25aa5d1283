import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { failingRows, fileResult, qualityReport, ruleList, ruleVersions, saveBody, saved, trialResult } from './api.ts'
import { businessDay, judge } from './check.ts'
import { qualityErrors } from './errors.ts'
import { QUALITY_FIELDS } from './fields.ts'
import { type CheckSeen, checksSeen } from './history.ts'
import { checkJob } from './jobs.ts'
import { rowsBehind, scorecard } from './report.ts'
import { dimensionOf, type QualityRule, ruleFileSchema, ruleSchema } from './rule.ts'
import { importRules, removeRule, rules, saveRule, versionsOf } from './rule-book.ts'
import { valueIn } from './seen-value.ts'
import { failingExamples } from './trial-examples.ts'
import { userNames } from './user-names.ts'

const page = {
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(500).default(50),
}
const read = { permission: 'quality.read' } as const
const write = { permission: 'quality.write' } as const
const tags = ['quality']
const byId = z.object({ id: z.string().max(80) })

export function qualityRoutes(http: Http, app: App): void {
  http.get(
    '/quality',
    { config: read, schema: { tags, summary: 'The scorecards', response: { 200: qualityReport } } },
    async () => scorecard(app),
  )

  http.get(
    '/quality/rows',
    {
      config: read,
      schema: {
        tags,
        summary: 'The rows behind a figure',
        querystring: z.object({ source: z.string(), rule: z.string(), ...page }),
        response: { 200: failingRows },
      },
    },
    async req => rowsBehind(app, req.query, (rule, value) => valueIn(req.user, rule, value)),
  )

  http.post(
    '/quality/check',
    {
      config: write,
      schema: { tags, summary: 'Check everything again', response: { 202: z.object({ after: z.number() }) } },
    },
    async (req, reply) => {
      const progress = await app.jobs.progress({ group: 'quality-check' })
      if (progress.active + progress.queued > 0) throw qualityErrors['quality.check-running']()
      const [last]: CheckSeen[] = await checksSeen(app, 1)
      await app.jobs.send(checkJob, { asked: Date.now() }, { group: 'quality-check' })
      await audit(app, { userId: req.user.userId, action: 'quality.check', object: 'quality' })
      return reply.code(202).send({ after: last?.checkId ?? 0 })
    },
  )

  http.get(
    '/quality/rules',
    { config: read, schema: { tags, summary: 'The list of rules', response: { 200: ruleList } } },
    async () => {
      const list = await rules(app)
      const names = await userNames(
        app,
        list.map(rule => rule.changedBy),
      )
      return {
        rows: list.map(rule => ({
          ...rule,
          changedBy: names(rule.changedBy),
          changedAt: rule.changedAt.toISOString(),
          dimension: dimensionOf(rule.check.kind),
        })),
        fields: QUALITY_FIELDS,
      }
    },
  )

  http.get(
    '/quality/rules/file',
    { config: read, schema: { tags, summary: 'The list of rules as a file', response: { 200: ruleFileSchema } } },
    async (_req, reply) => {
      reply.header('content-disposition', 'attachment; filename="quality-rules.json"')
      return { rules: (await rules(app)).map(rule => ruleSchema.parse(rule)) }
    },
  )

  http.post(
    '/quality/rules/file',
    {
      config: write,
      schema: {
        tags,
        summary: 'Rules from a file: new and changed ones are taken over',
        body: z.unknown(),
        response: { 200: fileResult },
      },
    },
    async req => {
      const read = ruleFileSchema.safeParse(req.body)
      if (!read.success)
        throw qualityErrors['quality.rules-file-bad']({
          reason: read.error.issues
            .slice(0, 3)
            .map(issue => `${issue.path.join('.')}: ${issue.message}`)
            .join('; '),
        })
      const done = await importRules(app, read.data.rules, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'quality.rules-file',
        object: 'quality',
        detail: { ...done },
      })
      return done
    },
  )

  http.get(
    '/quality/rules/:id/versions',
    { config: read, schema: { tags, summary: 'A rule over time', params: byId, response: { 200: ruleVersions } } },
    async req => {
      const rows = await versionsOf(app, req.params.id)
      const names = await userNames(
        app,
        rows.map(row => row.changedBy),
      )
      return {
        rows: rows.map(row => ({
          ...row,
          changedBy: names(row.changedBy),
          changedAt: row.changedAt.toISOString(),
        })),
      }
    },
  )

  http.post(
    '/quality/rules/trial',
    {
      config: write,
      schema: {
        tags,
        summary: "What a rule would find in today's records; nothing is saved",
        body: z.object({ rule: ruleSchema }),
        response: { 200: trialResult },
      },
    },
    async req => trial(app, req.body.rule, value => valueIn(req.user, req.body.rule, value)),
  )

  http.post(
    '/quality/rules',
    {
      config: write,
      schema: { tags, summary: 'Add a rule, or keep a changed one', body: saveBody, response: { 200: saved } },
    },
    async req => {
      const { rule, version } = req.body
      // A rule that the engine refuses must not spoil every later check.
      await judge(app, [rule], { asOf: await businessDay(app), identityRun: 0 })
      const kept = await saveRule(app, rule, version, req.user.userId)
      if (kept.changed)
        await audit(app, {
          userId: req.user.userId,
          action: version === 0 ? 'quality.rule-add' : 'quality.rule-change',
          object: `quality-rule/${rule.id}`,
          detail: { version: kept.version, enabled: rule.enabled },
        })
      return kept
    },
  )

  http.delete(
    '/quality/rules/:id',
    {
      config: write,
      schema: {
        tags,
        summary: 'Take a rule off the list; its versions stay',
        params: byId,
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await removeRule(app, req.params.id, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'quality.rule-remove',
        object: `quality-rule/${req.params.id}`,
      })
      return reply.code(204).send(null)
    },
  )
}

async function trial(
  app: App,
  rule: QualityRule,
  seen: (value: string) => string,
): Promise<z.output<typeof trialResult>> {
  const marks = await judge(app, [rule], {
    asOf: await businessDay(app),
    identityRun: (await app.runs.latest('identity')) ?? 0,
  })
  const values = await failingExamples(app, rule)
  return {
    checked: marks.reduce((sum, mark) => sum + mark.checked, 0),
    failed: marks.reduce((sum, mark) => sum + mark.failed, 0),
    sources: marks.map(({ source, checked, failed }) => ({
      source,
      checked,
      failed,
      examples: values
        .filter(row => row.source === source)
        .map(({ rowKey, value }) => ({ rowKey, value: seen(value) })),
    })),
  }
}
