import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import type { ChannelDown } from '../channel.ts'
import { type SftpServer, startSftpServer } from '../test-servers/sftp-server.ts'
import { dropFolder, sftp } from './sftp.ts'

let folder: string
let server: SftpServer
const local = () => join(folder, 'run')
const remote = () => join(folder, 'remote')

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'huiyin-sftp-'))
  await Promise.all([mkdir(local()), mkdir(remote())])
  for (const name of ['b.pdf', 'a.pdf', 'control.json', 'manifest.jsonl'])
    await writeFile(join(local(), name), name.repeat(20_000))
  server = await startSftpServer(remote(), 'secret')
})
after(async () => {
  await server.close()
  await rm(folder, { recursive: true })
})

const opening = (more: object = {}, password = 'secret') => ({
  settings: sftp.settings.parse({
    host: '127.0.0.1',
    port: server.port,
    user: 'me',
    hostKey: server.hostKey,
    folder: '/',
    ...more,
  }),
  secrets: { password },
})

test('a run arrives whole, what closes it last; broken off it goes on, and there is nothing to do twice', async () => {
  server.breakAfter = 150_000
  await assert.rejects(dropFolder(opening(), local(), 'run-7'))
  const broken = await readdir(join(remote(), 'run-7'))
  assert.ok(!broken.includes('control.json') && broken.some(name => name.endsWith('.part')), broken.join())
  const before = server.written
  server.breakAfter = Number.POSITIVE_INFINITY
  const { files } = await dropFolder(opening(), local(), 'run-7')
  assert.equal(files, 4)
  for (const name of await readdir(local()))
    assert.deepEqual(await readFile(join(remote(), 'run-7', name)), await readFile(join(local(), name)))
  assert.deepEqual((await readdir(join(remote(), 'run-7'))).length, 4)
  assert.deepEqual(server.renamed.slice(-2), ['manifest.jsonl', 'control.json'])
  const size = 20_000 * ('a.pdf'.length * 2 + 'control.json'.length + 'manifest.jsonl'.length)
  assert.ok(server.written - before < size - 100_000, 'what was there was not sent again')
  assert.deepEqual(await dropFolder(opening(), local(), 'run-7'), { files: 4, sent: 0 })
})

test('a wrong password and a server with another key are told apart', async () => {
  await assert.rejects(sftp.test!(opening({}, 'wrong')), (error: ChannelDown) => error.reason === 'password')
  const other = createHash('sha256').update('other').digest('base64')
  await assert.rejects(sftp.test!(opening({ hostKey: other })), (error: ChannelDown) => error.reason === 'certificate')
  assert.equal(await sftp.test!(opening()), '1')
})
