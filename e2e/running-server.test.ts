import assert from 'node:assert/strict'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { test } from 'node:test'
import { run, start, stop, temporaryFolder, untilPrinted } from './huiyin.ts'

test('commands given while a server holds the folder are done by that server', { timeout: 180_000 }, async () => {
  const data = temporaryFolder()
  const server = start(['serve'], { data, env: { HUIYIN_ADMIN_PASSWORD: 'a long password' } })
  await untilPrinted(server, /ready: (http\S+)/)
  const file = join(temporaryFolder(), 'people.csv')
  writeFileSync(
    file,
    'Ref,Full Name,Tel 1,E-mail,DOB\nT1,Ann Lee,07911 856312,ann@example.com,01/02/1980\nT2,Bo Li,13812341234,bo@example.cn,30/02/1981\n',
  )
  const imported = await run(['import', file, '--json'], { data })
  assert.equal(imported.code, 0, imported.stderr)
  const { rowsIn, stored, quarantined } = JSON.parse(imported.stdout)
  assert.deepEqual({ rowsIn, stored, quarantined }, { rowsIn: 2, stored: 1, quarantined: 1 })

  const missing = await run(['import', join(data, 'no-such.csv')], { data })
  assert.equal(missing.code, 2, "the server's refusal has the command's own exit code")
  assert.match(missing.stderr, /no-such\.csv/)

  assert.equal((await run(['user', 'add', 'zhao', '--role', 'analyst', '--password', 'long enough'], { data })).code, 0)
  const users = await run(['user', 'list', '--json'], { data })
  assert.ok(JSON.parse(users.stdout).users.some((user: { login: string }) => user.login === 'zhao'))
  assert.equal(await stop(server), 0)
})
