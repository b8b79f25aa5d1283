import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { permits } from '../../platform/auth/permissions.ts'
import { langOf } from '../../platform/http/errors.ts'
import { mask } from '../../platform/masking.ts'
import type { Text } from '../../platform/text.ts'
import { shown } from '../customers/masked.ts'
import { collectErrors } from '../errors.ts'
import { messageOf, type Rule } from '../import/rules.ts'
import type { Mapping } from '../mapping.ts'
import { sourceNamed, sources } from '../sources.ts'
import {
  discardBody,
  entryList,
  entryQuery,
  facetList,
  groupList,
  mendHistory,
  mendPreview,
  mendResult,
  openedEntry,
  rowBody,
  ruleBody,
} from './api.ts'
import { cellsOf, isCut } from './cells.ts'
import { entries, entryFilter, entryGroups, facets } from './entries.ts'
import { mendsMade, userNames } from './history.ts'
import {
  applyMends,
  discardOne,
  discardRows,
  type Mend,
  mendsByHand,
  mendsByRule,
  previewMends,
  undoMend,
} from './mend-rows.ts'
import { quarantineCsv, readMendedFile } from './mended-file.ts'
import type { MendRule } from './rule.ts'

const read = { permission: 'quality.read' } as const
const write = { permission: 'collect.import' } as const
const tags = ['quarantine']

/** Mended files are held in memory: 100,000 rows of half a kilobyte. */
const MOST_MENDED_BYTES = 128 * 1024 ** 2

type Reader = { roles: readonly string[] }

/** Fields by source and header, to know what must not be shown to whom. */
async function fieldsOf(app: App): Promise<(source: string, header: string) => string> {
  const mappings = new Map((await sources(app)).map(({ source, mapping }) => [source, mapping]))
  return (source, header) => fieldOf(mappings.get(source), header)
}

const fieldOf = (mapping: Mapping | undefined, header: string): string => {
  const field = mapping?.columns.find(column => column.header === header)?.field ?? ''
  return field === 'phone' ? 'mobile' : field === 'organisation' ? 'full_name' : field
}

/** A value of a column that is not mapped may be anything, so only those who may see contacts see it. */
function masked(reader: Reader, field: string, value: string): string {
  if (value === '') return ''
  if (field === '' || field === 'ignore' || field === 'row_key')
    return permits(reader, 'customers.contact') ? value : '***'
  return shown(reader, field, value)
}

const message = (row: { rule: string; column: string; value: string }): Text =>
  messageOf({ rule: row.rule as Rule, column: row.column, value: row.value })

/** History keeps the way, never the values of a table of replacements. */
function wordsOf(rule: MendRule, column: string): { rule: string; column: string; [name: string]: string } {
  if (rule.kind === 'map') return { rule: 'map', column, values: String(Object.keys(rule.values).length) }
  if (rule.kind === 'replace') return { rule: 'replace', column, find: rule.find, with: rule.with }
  if (rule.kind === 'date') return { rule: 'date', column, order: rule.order }
  if (rule.kind === 'set') return { rule: 'set', column, value: rule.value }
  return { rule: rule.kind, column }
}

export function mendingRoutes(http: Http, app: App): void {
  http.get(
    '/quarantine',
    {
      config: read,
      schema: {
        tags,
        summary: 'Rows refused at import, and what became of them',
        querystring: entryQuery,
        response: { 200: entryList },
      },
    },
    async req => {
      const { offset, limit, ...filter } = req.query
      const [{ total, rows }, field, names] = await Promise.all([
        entries(app, filter, offset, limit),
        fieldsOf(app),
        userNames(app),
      ])
      return {
        total,
        rows: rows.map(row => {
          const value = masked(req.user, field(row.source, row.column), row.value)
          return {
            importId: row.importId,
            rowNo: row.rowNo,
            source: row.source,
            file: row.file,
            column: row.column,
            value,
            rule: row.rule,
            message: message({ ...row, value }),
            state: row.state,
            reason: row.reason,
            mendId: row.mendId,
            mendedAt: row.mendedAt,
            mendedBy: row.state === 'open' ? '' : (names.get(row.mendedBy) ?? ''),
          }
        }),
      }
    },
  )

  http.get(
    '/quarantine/groups',
    {
      config: read,
      schema: {
        tags,
        summary: 'Open rows that are alike: rule, column and shape of the value',
        querystring: entryFilter,
        response: { 200: groupList },
      },
    },
    async req => {
      const [groups, field] = await Promise.all([entryGroups(app, req.query), fieldsOf(app)])
      return {
        rows: groups.map(group => {
          const example = masked(req.user, field(group.source, group.column), group.example)
          return { ...group, example, message: message({ ...group, value: example }) }
        }),
      }
    },
  )

  http.get(
    '/quarantine/facets',
    { config: read, schema: { tags, summary: 'What the quarantine can be filtered by', response: { 200: facetList } } },
    async () => facets(app),
  )

  http.get(
    '/quarantine/mends',
    { config: read, schema: { tags, summary: 'What was mended and given up', response: { 200: mendHistory } } },
    async () => mendsMade(app),
  )

  http.get(
    '/quarantine/rows/:importId/:rowNo',
    {
      config: write,
      schema: {
        tags,
        summary: 'One refused row with all its cells, to be mended; that it was opened is logged',
        params: z.object({ importId: z.coerce.number().int(), rowNo: z.coerce.number().int() }),
        response: { 200: openedEntry },
      },
    },
    async req => {
      const { importId, rowNo } = req.params
      const { rows } = await entries(app, { importId }, 0, 200_000)
      const row = rows.find(entry => entry.rowNo === rowNo)
      if (!row) throw collectErrors['collect.mend-none']()
      const { mapping } = await sourceNamed(app, row.source)
      const whole = permits(req.user, 'customers.contact')
      await audit(app, {
        userId: req.user.userId,
        action: 'quarantine.open',
        object: `import/${importId}/row/${rowNo}`,
      })
      const cells = cellsOf(row.state === 'mended' ? { raw: row.mendedRaw } : row, mapping)
      return {
        importId,
        rowNo,
        file: row.file,
        column: row.column,
        message: message(row),
        raw: whole ? row.raw : '',
        cut: isCut(row),
        cells: Object.entries(cells).map(([header, value]) => ({
          header,
          field: mapping.columns.find(column => column.header === header)?.field ?? '',
          value: whole ? value : mask('name', value),
        })),
        state: row.state,
      }
    },
  )

  http.post(
    '/quarantine/preview',
    {
      config: write,
      schema: {
        tags,
        summary: 'What a rule would make of all rows that are alike',
        body: ruleBody,
        response: { 200: mendPreview },
      },
    },
    async req => {
      const { filter, column, rule } = req.body
      const preview = await previewMends(app, await mendsByRule(app, filter, column, rule), column)
      const field = await fieldsOf(app)
      const show = (value: string) => masked(req.user, field(filter.source ?? '', column), value)
      return {
        ...preview,
        examples: preview.examples.map(example => ({
          ...example,
          before: show(example.before),
          after: show(example.after),
        })),
      }
    },
  )

  http.post(
    '/quarantine/mend',
    {
      config: write,
      schema: {
        tags,
        summary: 'Mends all rows that are alike and brings them in',
        body: ruleBody,
        response: { 200: mendResult },
      },
    },
    async req => {
      const { filter, column, rule } = req.body
      const mends = await mendsByRule(app, filter, column, rule)
      return mended(req.user.userId, await applyMends(app, mends, wordsOf(rule, column), req.user.userId))
    },
  )

  http.post(
    '/quarantine/rows/preview',
    {
      config: write,
      schema: {
        tags,
        summary: 'Whether a row mended by hand would be taken',
        body: rowBody,
        response: { 200: mendPreview },
      },
    },
    async req => {
      const mends = await mendsByHand(app, [req.body])
      if (mends.length === 0) throw collectErrors['collect.mend-none']()
      return previewMends(app, mends, mends[0]!.entry.column)
    },
  )

  http.post(
    '/quarantine/rows',
    {
      config: write,
      schema: { tags, summary: 'Mends one row and brings it in', body: rowBody, response: { 200: mendResult } },
    },
    async req => {
      const mends = await mendsByHand(app, [req.body])
      if (mends[0] && isCut(mends[0].entry))
        throw collectErrors['collect.mend-raw-cut']({ row: mends[0].entry.rowNo, file: mends[0].entry.file })
      return mended(req.user.userId, await applyMends(app, mends, { rule: 'hand' }, req.user.userId))
    },
  )

  http.post(
    '/quarantine/discard',
    {
      config: write,
      schema: { tags, summary: 'Gives rows up, with a reason', body: discardBody, response: { 200: mendResult } },
    },
    async req => {
      const { filter, row, reason } = req.body
      const result = row
        ? await discardOne(app, row, reason, req.user.userId)
        : await discardRows(app, filter ?? {}, reason, req.user.userId)
      await audit(app, {
        userId: req.user.userId,
        action: 'quarantine.discard',
        object: `mend/${result.mendId}`,
        detail: { rows: result.rows },
      })
      return result
    },
  )

  http.post(
    '/quarantine/mends/:mendId/undo',
    {
      config: write,
      schema: {
        tags,
        summary: 'Takes a mend back: its rows stand in the quarantine again',
        params: z.object({ mendId: z.coerce.number().int() }),
        response: { 204: z.null() },
      },
    },
    async (req, reply) => {
      await undoMend(app, req.params.mendId, req.user.userId)
      await audit(app, { userId: req.user.userId, action: 'quarantine.undo', object: `mend/${req.params.mendId}` })
      return reply.code(204).send(null)
    },
  )

  http.get(
    '/quarantine.csv',
    {
      config: { permission: 'collect.import' },
      schema: {
        tags,
        summary: 'Open rows as a file to mend in a spreadsheet; that it was taken is logged',
        querystring: entryFilter,
      },
    },
    async (req, reply) => {
      if (!permits(req.user, 'customers.contact')) throw collectErrors['collect.mend-none']()
      const { text, rows } = await quarantineCsv(app, req.query, langOf(req))
      await audit(app, {
        userId: req.user.userId,
        action: 'quarantine.download',
        object: 'quarantine',
        detail: { rows },
      })
      return reply
        .type('text/csv; charset=utf-8')
        .header('content-disposition', 'attachment; filename="quarantine.csv"')
        .send(text)
    },
  )

  http.register(async scoped => {
    scoped.addContentTypeParser('text/csv', (_req, body, done) => done(null, body))
    const typed = scoped.withTypeProvider() as unknown as Http
    typed.post(
      '/quarantine/file',
      {
        config: write,
        bodyLimit: MOST_MENDED_BYTES,
        schema: {
          tags,
          summary: 'A mended file: looked at (apply=false) or brought in',
          querystring: z.object({ apply: z.enum(['true', 'false']).default('false') }),
          response: {
            200: z.object({ given: z.number(), preview: mendPreview.nullable(), result: mendResult.nullable() }),
          },
        },
      },
      async req => {
        const given = readMendedFile(await limited(req.body as Readable))
        const mends: Mend[] = await mendsByHand(app, given)
        if (mends.length === 0) throw collectErrors['collect.mend-none']()
        if (req.query.apply === 'false')
          return { given: given.length, preview: await previewMends(app, mends, mends[0]!.entry.column), result: null }
        const result = await applyMends(app, mends, { rule: 'file' }, req.user.userId)
        return { given: given.length, preview: null, result: await mended(req.user.userId, result) }
      },
    )
  })

  async function mended<T extends { mendId: number; rows: number; stored: number }>(
    userId: number,
    result: T,
  ): Promise<T> {
    await audit(app, {
      userId,
      action: 'quarantine.mend',
      object: `mend/${result.mendId}`,
      detail: { rows: result.rows, stored: result.stored },
    })
    return result
  }
}

async function limited(body: Readable): Promise<Buffer> {
  let taken = 0
  body.on('data', (chunk: Buffer) => {
    taken += chunk.length
    if (taken > MOST_MENDED_BYTES)
      body.destroy(
        collectErrors['collect.upload-too-large']({
          name: 'csv',
          limit: `${MOST_MENDED_BYTES / 1024 ** 2} MB`,
        }) as Error,
      )
  })
  return buffer(body)
}
