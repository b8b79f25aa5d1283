import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import * as personalize from '../personalize/index.ts'
import type { OpenApp } from '../platform/open-app.ts'
import { inventTurn, openInvented, runInvented } from './invented-turn.ts'

const asOf = '2010-12-01'
let folder: string
let app: OpenApp
let result: Awaited<ReturnType<typeof runInvented>>

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-deliver-'))
  app = await openInvented(folder)
  await inventTurn(app, 400, asOf)
  result = await runInvented(app, asOf)
})

after(async () => {
  await app.close()
  await rm(folder, { recursive: true })
})

test('counts add up, over the turn and by channel', async () => {
  const { compose, deliver } = result
  assert.equal(compose['planned'], Number(compose['composed']) + Number(compose['held']))
  assert.equal(compose['composed'], Number(deliver['settled']) + Number(deliver['refused']) + Number(deliver['failed']))
  for (const name of ['composed', 'held']) assert.ok(Number(compose[name]) > 10, `${name}: ${compose[name]}`)
  assert.ok(Number(deliver['refused']) > 10, 'customers without consent are refused')
})
