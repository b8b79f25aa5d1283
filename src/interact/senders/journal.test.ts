import assert from 'node:assert/strict'
import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { dropJournal, journalPath, openJournal, readJournal } from './journal.ts'

test('a journal tells what was under way; of another boot, or none, it tells nothing', () => {
  const folder = mkdtempSync(join(tmpdir(), 'huiyin-journal-'))
  const path = journalPath(folder, 7, 3)
  assert.equal(readJournal(path), null)
  const journal = openJournal(path)
  journal.begun('a')
  journal.begun('b')
  journal.ended('a', { state: 'settled', receipt: 'OK "quoted"\n' })
  journal.begun('c')
  journal.ended('c', { state: 'deferred', reason: '4.2.1', detail: '', afterMs: 0 })
  journal.begun('c')
  journal.close()
  appendFileSync(path, '["<","b",{"state":"set')
  const found = readJournal(path)
  assert.deepEqual([...found!.underWay].sort(), ['b', 'c'], 'half a line is none; tried again is under way')
  assert.deepEqual(found!.verdicts.get('a'), { state: 'settled', receipt: 'OK "quoted"\n' })
  const again = openJournal(path)
  again.ended('b', { state: 'failed', reason: '5.1.1', detail: '' })
  again.close()
  assert.equal(readJournal(path)!.verdicts.get('b')?.state, 'failed', 'half a line spoils none behind it')
  writeFileSync(path, readFileSync(path, 'utf8').replace(/\["boot","[^"]*"/, '["boot","another"'))
  assert.equal(readJournal(path), null)
  dropJournal(path)
  assert.equal(readJournal(path), null)
  rmSync(folder, { recursive: true })
})
