/** Bringing data in as the app does it: over HTTP, with the jobs of the house. */
import assert from 'node:assert/strict'
import { appendFile, mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { z } from 'zod'
import type { Http } from '../../platform/app.ts'
import { buildServer } from '../../platform/http/server.ts'
import type { OpenApp } from '../../platform/open-app.ts'
import { openTestApp } from '../../platform/open-test-app.ts'
import { stage } from '../index.ts'
import type { mappingSchema } from '../mapping.ts'
import type { preview, sourceDetail } from '../mappings/api.ts'
import { beginLoad, runLoad } from '../schedules/load.ts'
import { loads } from '../schedules/schedules.ts'
import { importCommand } from './command.ts'
import { oneAtATime } from './one-at-a-time.ts'

const TOKEN = 'token-of-the-folder'
let dir: string
let app: OpenApp
let http: Http
let url: string
before(async () => {
  dir = await mkdtemp(join(tmpdir(), 'huiyin-app-'))
  app = await openTestApp(join(dir, 'data'), [stage], { logLevel: 'silent' })
  await app.jobs.work(stage.jobs, { workflow: app.workflow, app })
  await mkdir(join(dir, 'web'))
  http = await buildServer(app, { stages: [stage], webRoot: join(dir, 'web'), localToken: TOKEN })
  await http.listen({ host: '127.0.0.1', port: 0 })
  const address = http.server.address()
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/api/v1`
})
after(async () => {
  await http.close()
  await app.close()
  await rm(dir, { recursive: true, force: true })
})

async function ask<T>(method: string, path: string, body?: unknown): Promise<{ status: number; body: T }> {
  const bytes = typeof body === 'string'
  const answer = await fetch(url + path, {
    method,
    headers: {
      authorization: `Bearer ${TOKEN}`,
      'x-huiyin': '1',
      ...(body === undefined ? {} : { 'content-type': bytes ? 'application/octet-stream' : 'application/json' }),
    },
    ...(body === undefined ? {} : { body: bytes ? body : JSON.stringify(body) }),
  })
  const text = await answer.text()
  return { status: answer.status, body: (text === '' ? null : JSON.parse(text)) as T }
}

type Mapping = z.output<typeof mappingSchema>
type Detail = z.output<typeof sourceDetail>
type Failure = { error: { code: string } }

const HEADER = '编号,姓名,手机,出生日期\n'
const FIRST = `${HEADER}1,王小明,13812345678,1985-07-03\n2,李丽,13912345678,07/25/1990\n`

async function proposed(file: string): Promise<Mapping> {
  const { body } = await ask<z.output<typeof preview>>('POST', '/sources/preview', { file })
  return body.mapping
}

test('a file is uploaded whole or not at all, and nobody writes outside of the inbox', async () => {
  assert.equal((await ask('PUT', '/inbox/members.csv', FIRST)).status, 200)
  const again = await ask<Failure>('PUT', '/inbox/members.csv', FIRST)
  assert.deepEqual([again.status, again.body.error.code], [409, 'collect.name-taken'])
  assert.equal((await ask('PUT', '/inbox/members.csv?replace=true', FIRST)).status, 200)
  for (const name of ['..%2Fx.csv', '.hidden', 'a%2Fb.csv', 'x.part']) {
    const refused = await ask<Failure>('PUT', `/inbox/${name}`, 'x')
    assert.deepEqual([refused.status, refused.body.error.code], [400, 'collect.name-bad'], name)
  }
  // Broken off by the browser in the middle of what it said it would send.
  const { hostname, port } = new URL(url)
  const socket = connect(Number(port), hostname)
  socket.write(
    `PUT /api/v1/inbox/cut.csv HTTP/1.1\r\nhost: x\r\nauthorization: Bearer ${TOKEN}\r\ncontent-type: application/octet-stream\r\ncontent-length: 1000000\r\n\r\nhalf`,
  )
  const files = () => readdir(join(dir, 'data', 'inbox'))
  while ((await files()).length === 1) await sleep(5)
  socket.destroy()
  while ((await files()).length > 1) await sleep(5)
  assert.deepEqual(await files(), ['members.csv'])
})

test('proposed, saved, changed, compared and restored: every version stays', async () => {
  const mapping = await proposed('members.csv')
  assert.deepEqual(
    mapping.columns.map(column => column.field),
    ['row_key', 'full_name', 'mobile', 'birth_date'],
  )
  const first = await ask<Detail>('PUT', '/sources/members', { file: 'members.csv', mapping })
  assert.equal(first.body.source.version, 1)
  const same = await ask<Detail>('PUT', '/sources/members', { file: 'members.csv', mapping })
  assert.equal(same.body.source.version, 1, 'saving it again as it is makes no version')
  const changed = {
    ...mapping,
    dateOrder: 'mdy',
    columns: mapping.columns.map(column => ({
      ...column,
      field: column.header === '手机' ? 'landline' : column.field,
    })),
  }
  const second = await ask<Detail>('PUT', '/sources/members', { file: 'members.csv', mapping: changed })
  assert.equal(second.body.source.version, 2)
  assert.deepEqual(second.body.versions[0]?.changes, [
    { what: 'setting', name: 'dateOrder', before: 'dmy', after: 'mdy' },
    { what: 'column', name: '手机', before: 'mobile', after: 'landline' },
  ])
  const third = await ask<Detail>('POST', '/sources/members/restore', { version: 1 })
  assert.deepEqual([third.body.source.version, third.body.versions[0]?.restoredFrom], [3, 1])
  assert.deepEqual({ ...third.body.mapping, version: 0 }, { ...mapping, version: 0 })
  const twice = { ...mapping, columns: mapping.columns.map(column => ({ ...column, field: 'mobile' })) }
  assert.equal(
    (await ask<Failure>('PUT', '/sources/members', { file: 'members.csv', mapping: twice })).body.error.code,
    'collect.mapping-incomplete',
  )
  const { rows } = await sql<{
    n: number
  }>`SELECT count(*)::int4 AS n FROM audit WHERE action IN ('source.save', 'source.restore', 'inbox.upload')`.execute(
    app.workflow.db,
  )
  assert.equal(rows[0]?.n, 6)
})

async function loaded(source: string): Promise<Awaited<ReturnType<typeof loads>>[number]> {
  const { body } = await ask<{ loadId: number }>('POST', `/sources/${source}/load`, {})
  await app.jobs.drain({ group: `load-${body.loadId}` }).catch(() => undefined)
  return (await loads(app, source))[0]!
}

test('loaded in the background, with its result; the same again is nothing new; what went wrong is said', async () => {
  const first = await loaded('members')
  assert.deepEqual(
    [first.state, first.result['files'], first.result['stored'], first.result['quarantined']],
    ['done', 1, 1, 1],
  )
  const again = await loaded('members')
  assert.deepEqual([again.state, again.result['files'], again.result['known']], ['done', 0, 1])
  await rm(join(dir, 'data', 'inbox', 'members.csv'))
  const failed = await loaded('members')
  assert.equal(failed.state, 'failed')
  assert.match(failed.error?.zh ?? '', /members\.csv.*不存在/)
})

test('a folder is watched: new files come in, half-copied ones wait, and a killed load goes on where it stopped', async () => {
  const inbox = join(dir, 'data', 'inbox')
  const put = async (name: string, text: string, secondsAgo = 60) => {
    await writeFile(join(inbox, name), text)
    const at = Date.now() / 1000 - secondsAgo
    await utimes(join(inbox, name), at, at)
  }
  await put('day-1.csv', `${HEADER}11,张伟,13600000001,1980-01-01\n`)
  const mapping = { ...(await proposed('day-1.csv')), file: 'day-*.csv', source: 'days' }
  await ask('PUT', '/sources/days', { file: 'day-1.csv', mapping })
  const scheduled = async () => runLoad(app, await beginLoad(app, 'days', 'schedule', 0))
  assert.equal((await scheduled()).stored, 1)
  await put('day-2.csv', `${HEADER}12,陈静,13600000002,1980-01-01\n`)
  await put('day-3.csv', `${HEADER}13,刘洋,136`, 0)
  const next = await scheduled()
  assert.deepEqual([next.files, next.known, next.stored], [1, 1, 1], 'day-3 is still being copied')
  // Killed while it read day-3: its rows are half there, its load says running.
  await appendFile(join(inbox, 'day-3.csv'), '00000003,1980-01-01\n')
  await utimes(join(inbox, 'day-3.csv'), 1, 1)
  const killed = await beginLoad(app, 'days', 'schedule', 0)
  await app.workflow.db.updateTable('collect_loads').set({ state: 'running' }).where('id', '=', killed).execute()
  await app.workflow.db
    .insertInto('collect_imports')
    .values({
      import_id: 9001,
      source: 'days',
      file: 'day-3.csv',
      sha256: 'x',
      state: 'running',
      started_at: new Date(),
    })
    .execute()
  await app.facts.insert('source_records', [
    { source: 'days', row_key: '13', import_id: 9001, row_no: 1, content_hash: 1 },
  ])
  const resumed = await scheduled()
  assert.deepEqual([resumed.files, resumed.known, resumed.stored], [1, 2, 1])
  const { rows } = await app.facts.one<{ rows: number }>(
    "SELECT count() AS rows FROM source_records WHERE source = 'days'",
  )
  assert.equal(rows, 3)
  assert.equal((await loads(app, 'days')).find(load => load.id === killed)?.state, 'failed')
})

test('a schedule stands with the jobs, rests while it is paused and is gone when it is removed', async () => {
  const standing = async () =>
    (
      await sql<{
        cron: string
        timezone: string
      }>`SELECT cron, timezone FROM pgboss.schedule WHERE key = 'days'`.execute(app.workflow.db)
    ).rows
  const timing = { kind: 'daily', at: '02:30' }
  assert.equal(
    (await ask('PUT', '/sources/days/schedule', { timing, timeZone: 'Asia/Shanghai', paused: false })).status,
    204,
  )
  assert.deepEqual(await standing(), [{ cron: '30 2 * * *', timezone: 'Asia/Shanghai' }])
  const { body } = await ask<Detail>('GET', '/sources/days')
  assert.match(body.source.schedule?.next ?? '', /T18:30:00/)
  await ask('PUT', '/sources/days/schedule', { timing, timeZone: 'Asia/Shanghai', paused: true })
  assert.deepEqual(await standing(), [])
  const bad = await ask<Failure>('PUT', '/sources/days/schedule', {
    timing: { kind: 'cron', cron: '61 * * * *' },
    timeZone: 'UTC',
    paused: false,
  })
  assert.deepEqual([bad.status, bad.body.error.code], [400, 'collect.schedule-bad'])
  assert.equal((await ask('DELETE', '/sources/days/schedule')).status, 204)
  assert.equal((await ask<Detail>('GET', '/sources/days')).body.source.schedule, null)
})

test('only one writer at a time, and the next goes on when the first is through, failed or not', async () => {
  let inside = 0
  const work = async () => {
    inside++
    assert.equal(inside, 1)
    await sleep(30)
    inside--
    throw new Error('over')
  }
  const all = await Promise.allSettled([oneAtATime(app, work), oneAtATime(app, work), oneAtATime(app, work)])
  assert.deepEqual(
    all.map(result => result.status === 'rejected' && (result.reason as Error).message),
    ['over', 'over', 'over'],
  )
  await app.workflow.db
    .insertInto('collect_locks')
    .values({ name: 'import', holder: 'a process that died', beat: new Date() })
    .execute()
  assert.equal(await oneAtATime(app, async () => 'taken over'), 'taken over')
})

test('huiyin import FILE --dry-run says what would change and registers nothing', async () => {
  const path = join(dir, 'people.csv')
  await writeFile(path, FIRST)
  const result = await importCommand.run({
    args: [path],
    options: { dryRun: true },
    cwd: dir,
    app,
    progress: () => undefined,
    lang: 'zh-CN',
  })
  assert.match(result.text, /试运行/)
  assert.deepEqual(
    [
      (result.json as { rowsIn: number }).rowsIn,
      (result.json as { fresh: number }).fresh,
      (result.json as { quarantined: number }).quarantined,
    ],
    [2, 1, 1],
  )
  assert.equal((await ask<Failure>('GET', '/sources/people')).body.error.code, 'collect.source-unknown')
})
