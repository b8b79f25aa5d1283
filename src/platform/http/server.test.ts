import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { z } from 'zod'
import type { App, Http, Stage } from '../app.ts'
import { openSession } from '../auth/sessions.ts'
import { addUser } from '../auth/users.ts'
import type { OpenApp } from '../open-app.ts'
import { openTestApp } from '../open-test-app.ts'
import { buildServer } from './server.ts'

/** A stage of two routes, so that the gate is tested on routes of its own. */
const stage: Stage = {
  name: 'collect',
  title: { en: 'Test', zh: '测试' },
  factTables: [],
  workflowMigrations: {},
  jobs: [],
  commands: [],
  routes(http: Http, _app: App) {
    http.get(
      '/things/:id',
      {
        config: { permission: 'quality.read' },
        schema: { params: z.object({ id: z.coerce.number().int() }), response: { 200: z.object({ id: z.number() }) } },
      },
      async req => ({ id: req.params.id }),
    )
    http.post(
      '/things',
      { config: { permission: 'admin' }, schema: { body: z.object({ name: z.string().max(5) }) } },
      async () => {
        throw new Error('secret detail of our own')
      },
    )
  },
}

let app: OpenApp
let http: Http
let folder: string
const cookies: Record<string, string> = {}

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-http-'))
  app = await openTestApp(folder, [stage], { logLevel: 'silent' })
  http = await buildServer(app, { stages: [stage], webRoot: join(folder, 'no-web'), localToken: 'local-token' })
  for (const role of ['steward', 'agent', 'administrator']) {
    const userId = await addUser(app, { login: role, name: role, roles: [role], password: 'long enough' })
    cookies[role] = `huiyin_session=${(await openSession(app, userId)).token}`
  }
})

after(async () => {
  await http?.close()
  await app?.close()
  await rm(folder, { recursive: true, force: true })
})

const change = { 'x-huiyin': '1' }

test('signing in gives a session that the API knows, and signing out ends it', async () => {
  const wrong = await http.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: change,
    payload: { login: 'agent', password: 'not right at all' },
  })
  assert.equal(wrong.statusCode, 401)
  const unknown = await http.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: change,
    payload: { login: 'nobody', password: 'long enough' },
  })
  assert.deepEqual(unknown.json(), wrong.json(), 'an unknown login is answered as a wrong password')

  const right = await http.inject({
    method: 'POST',
    url: '/api/v1/session',
    headers: change,
    payload: { login: 'agent', password: 'long enough' },
  })
  assert.equal(right.statusCode, 200, right.body)
  const set = String(right.headers['set-cookie'])
  assert.match(set, /HttpOnly/)
  assert.match(set, /SameSite=Lax/)
  const cookie = set.split(';')[0] ?? ''
  const who = await http.inject({ url: '/api/v1/session', headers: { cookie } })
  assert.equal(who.json().user.login, 'agent')
  assert.ok(who.json().user.permissions.includes('tasks.work'))
  await http.inject({ method: 'DELETE', url: '/api/v1/session', headers: { ...change, cookie } })
  assert.equal((await http.inject({ url: '/api/v1/session', headers: { cookie } })).statusCode, 401)
})

test('no session, a forged one, and a role without the right: 401, 401, 403', async () => {
  const status = async (headers: Record<string, string>) =>
    (await http.inject({ url: '/api/v1/things/1', headers })).statusCode
  assert.equal(await status({}), 401)
  assert.equal(await status({ cookie: `huiyin_session=${'A'.repeat(43)}` }), 401)
  assert.equal(await status({ cookie: `${cookies['steward']}x` }), 401)
  assert.equal(await status({ authorization: 'Bearer wrong-token' }), 401)
  assert.equal(await status({ cookie: cookies['agent'] ?? '' }), 403)
  assert.equal(await status({ cookie: cookies['steward'] ?? '' }), 200)
  assert.equal(await status({ authorization: 'Bearer local-token' }), 200)
})

test("a change without the app's header is refused although the cookie is right", async () => {
  const answer = await http.inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { cookie: cookies['administrator'] ?? '' },
    payload: { name: 'a' },
  })
  assert.equal(answer.statusCode, 403)
  assert.equal(answer.json().error.code, 'auth.csrf')
})

test("errors come in the reader's language and name the field; our own faults say nothing of the inside", async () => {
  const cookie = cookies['administrator'] ?? ''
  const bad = await http.inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { ...change, cookie, 'accept-language': 'zh-CN' },
    payload: { name: 'far too long' },
  })
  assert.equal(bad.statusCode, 400)
  assert.match(bad.json().error.message, /请求无效.*name/)
  const ours = await http.inject({
    method: 'POST',
    url: '/api/v1/things',
    headers: { ...change, cookie },
    payload: { name: 'ok' },
  })
  assert.equal(ours.statusCode, 500)
  assert.doesNotMatch(ours.body, /secret detail/)
  const nowhere = await http.inject({ url: '/api/v1/nowhere', headers: { cookie } })
  assert.equal(nowhere.statusCode, 404)
  assert.equal(nowhere.json().error.code, 'platform.not-found')
})

test('five wrong passwords make the login wait, side by side as well', async () => {
  await addUser(app, { login: 'slow', name: 'slow', roles: ['analyst'], password: 'long enough' })
  const attempt = (password: string) =>
    http.inject({ method: 'POST', url: '/api/v1/session', headers: change, payload: { login: 'slow', password } })
  const together = await Promise.all(Array.from({ length: 7 }, () => attempt('wrong wrong wrong')))
  assert.deepEqual(together.map(({ statusCode }) => statusCode).sort(), [401, 401, 401, 401, 401, 429, 429])
  assert.equal((await attempt('long enough')).statusCode, 429)
})

test('health, metrics and the description of the API', async () => {
  assert.equal((await http.inject({ url: '/healthz' })).statusCode, 200)
  assert.match((await http.inject({ url: '/metrics' })).body, /huiyin_http_request_seconds/)
  const openapi = (await http.inject({ url: '/api/v1/openapi.json' })).json()
  assert.ok(openapi.paths['/api/v1/things/{id}'], Object.keys(openapi.paths).join(' '))
  assert.equal((await http.inject({ url: '/api/v1/docs/' })).statusCode, 200)
  const page = await http.inject({ url: '/api/v1/docs/static/swagger-initializer.js' })
  assert.match(page.body, /'x-huiyin': '1'/, 'changes can be tried from the page')
})

test('a route that names no permission is refused when the server is built', async () => {
  const careless: Stage = { ...stage, routes: api => void api.get('/open-door', {}, async () => 'in') }
  await assert.rejects(buildServer(app, { stages: [careless], webRoot: folder }), /names no permission/)
})

test('an unknown role and a weak password are refused', async () => {
  await assert.rejects(addUser(app, { login: 'x1', name: 'x', roles: ['emperor'], password: 'long enough' }), {
    code: 'auth.unknown-role',
  })
  await assert.rejects(addUser(app, { login: 'x2', name: 'x', roles: ['agent'], password: 'short' }), {
    code: 'auth.weak-password',
  })
  await assert.rejects(addUser(app, { login: 'agent', name: 'x', roles: ['agent'], password: 'long enough' }), {
    code: 'auth.login-taken',
  })
})
