import { z } from 'zod'
import type { App, Http } from '../../platform/app.ts'
import { audit } from '../../platform/audit.ts'
import { sendReport, writeReport } from '../../platform/export/index.ts'
import { langOf } from '../../platform/http/errors.ts'
import * as api from './api.ts'
import { voicesBehind } from './behind.ts'
import { themesReport } from './report.ts'
import { themesOf } from './themes.ts'
import { isWatched, setWatch, watchesOf } from './watches.ts'

const tags = ['themes']

/** What customers bring to us, over time, for those who answer for products and documents. */
export function themeRoutes(http: Http, app: App): void {
  const read = { config: { permission: 'cases.read' as const } }

  http.get(
    '/themes',
    {
      ...read,
      schema: {
        tags,
        summary: 'Complaints, requests, disputes and questions over time, by what they are about',
        querystring: api.themesQuery,
        response: { 200: api.themes },
      },
    },
    async req => {
      const [themes, watches] = await Promise.all([themesOf(app, req.query), watchesOf(app, req.user.userId)])
      const own = watches.filter(({ dimension }) => dimension !== 'any')
      return {
        ...themes,
        rows: themes.rows.map(row => ({ ...row, watched: own.some(watch => isWatched(watch, row)) })),
      }
    },
  )
  http.get(
    '/themes/export',
    {
      ...read,
      schema: {
        tags,
        summary: 'The same as a file',
        querystring: api.themesQuery.extend({ format: z.enum(['csv', 'xlsx']).default('csv') }),
      },
    },
    async (req, reply) => {
      const { by, view, format } = req.query
      const themes = await themesOf(app, req.query)
      const file = await writeReport(themesReport(themes, langOf(req)), format)
      return sendReport(reply, file, `themes-${view}-${by}-${themes.now.to}`)
    },
  )
  http.get(
    '/themes/voices',
    {
      ...read,
      schema: {
        tags,
        summary: 'The cases and letters behind a theme',
        querystring: api.voicesQuery,
        response: { 200: api.voiceList },
      },
    },
    req => voicesBehind(app, req.query, req.user),
  )
  http.get(
    '/themes/watches',
    { ...read, schema: { tags, summary: 'Themes I am told of when they rise', response: { 200: api.watchList } } },
    async req => ({ rows: await watchesOf(app, req.user.userId) }),
  )
  http.put(
    '/themes/watches',
    {
      ...read,
      schema: { tags, summary: 'Watch a theme, or no more', body: api.watchBody, response: { 200: api.watchList } },
    },
    async req => {
      await setWatch(app, req.user.userId, req.body)
      const { dimension, key, watch } = req.body
      await audit(app, {
        userId: req.user.userId,
        action: watch ? 'theme.watch' : 'theme.unwatch',
        object: `theme/${dimension}/${key}`.slice(0, 200),
      })
      return { rows: await watchesOf(app, req.user.userId) }
    },
  )
}
