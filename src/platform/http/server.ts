import cookie from '@fastify/cookie'
import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import Fastify, { type FastifyBaseLogger, LogController } from 'fastify'
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod'
import type { App, Http, Stage } from '../app.ts'
import { authRoutes } from '../auth/routes.ts'
import { commandRoutes } from './command-routes.ts'
import { sendError } from './errors.ts'
import { gate } from './gate.ts'
import { healthRoutes } from './health.ts'
import { staticRoutes } from './static.ts'

export interface ServerOptions {
  stages: readonly Stage[]
  /** Routes of the loop itself, mounted with the stages'. */
  more?: (http: Http, app: App) => void
  /** Folder of the built web app. */
  webRoot: string
  /** Opens the API to commands on this machine; see the data folder's lock. */
  localToken?: string
}

/** The HTTP server, ready to listen: API under /api/v1, its description and a page to try it, the web app, health, metrics. */
export async function buildServer(app: App, options: ServerOptions): Promise<Http> {
  const http = Fastify({
    loggerInstance: app.log as FastifyBaseLogger,
    // Paths carry ids, queries may carry names and numbers: neither query nor body is ever logged.
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: 16 * 1024 * 1024,
    forceCloseConnections: 'idle',
    requestIdHeader: false,
    // Fastify waits for ever for a body that comes byte by byte; this is what Node itself allows.
    requestTimeout: 5 * 60_000,
    ...(app.config.proxies.length > 0 ? { trustProxy: app.config.proxies } : {}),
    genReqId: () => crypto.randomUUID(),
  }) as unknown as Http
  http.setValidatorCompiler(validatorCompiler)
  http.setSerializerCompiler(serializerCompiler)
  http.setErrorHandler(sendError)
  await http.register(cookie)
  await http.register(swagger, {
    openapi: {
      info: {
        title: 'Huiyin 回音',
        version: '1',
        description: 'The customer-insight loop. Changes need the header `x-huiyin: 1` and a session cookie.',
      },
    },
    transform: jsonSchemaTransform,
  })
  http.addHook('onSend', async (_req, reply) => {
    reply.header('x-content-type-options', 'nosniff').header('referrer-policy', 'no-referrer')
    if (!reply.hasHeader('x-frame-options')) reply.header('x-frame-options', 'SAMEORIGIN')
  })
  healthRoutes(http, app)
  await http.register(
    async api => {
      const typed = api.withTypeProvider() as unknown as Http
      typed.addHook('onRoute', route => {
        if (
          route.config?.permission === undefined &&
          !route.url.startsWith('/api/v1/docs') &&
          route.url !== '/api/v1/openapi.json'
        )
          throw new Error(`route ${route.method} ${route.url} names no permission`)
      })
      typed.addHook('onRequest', gate(app, options.localToken))
      authRoutes(typed, app)
      for (const stage of options.stages) stage.routes(typed, app)
      commandRoutes(typed, app, options.stages)
      options.more?.(typed, app)
      typed.addHook('onSend', async (_req, reply) => {
        if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store')
      })
    },
    { prefix: '/api/v1' },
  )
  http.get('/api/v1/openapi.json', { schema: { hide: true } }, async () => http.swagger())
  await http.register(swaggerUi, {
    routePrefix: '/api/v1/docs',
    staticCSP: true,
    // Runs in the page: what is tried there comes from the app, too.
    uiConfig: {
      requestInterceptor: request => Object.assign(request, { headers: { ...request.headers, 'x-huiyin': '1' } }),
    },
  })
  for (const stage of options.stages) stage.publicRoutes?.(http, app)
  await staticRoutes(http, options.webRoot)
  return http
}
