import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { setTimeout as wait } from 'node:timers/promises'
import { readPipe, Slots } from './pipes.ts'

test('a writer that opens its pipe when the reader is gone is let go, and cannot write', {
  timeout: 20_000,
}, async () => {
  const folder = await mkdtemp(join(tmpdir(), 'huiyin-pipes-'))
  try {
    const slot = await new Slots(folder, 1).take()
    const pipe = readPipe(slot)
    pipe.stream.destroy()
    await once(pipe.stream, 'close')
    const writer = spawn('sh', ['-c', `exec 3>'${slot.path}'; echo open; echo x >&3 || echo refused`], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    writer.stdout.setEncoding('utf8').on('data', part => (said += part))
    await wait(300)
    assert.equal(said, '', 'it waits for a reader')
    pipe.unblock()
    await once(writer, 'close')
    assert.match(said, /^open/)
    assert.equal(said.includes('open\nrefused') || writer.signalCode === 'SIGPIPE' || writer.exitCode !== 0, true)
    pipe.finish()
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})
