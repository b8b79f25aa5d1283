/** Staged people parsed into the tables of people and consents: small files here, large ones in worker threads by shares. */
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { Worker } from 'node:worker_threads'
import type { App } from '../../platform/app.ts'
import type { Mapping } from '../mapping.ts'
import { PARSED_CONSENTS, PARSED_PEOPLE, PeopleReader, parsedConsents, parsedPeople } from './people.ts'
import { type PeopleShare, readPeopleShare } from './people-share.ts'
import { parsePlainPeople } from './plain-people.ts'
import type { BadRow } from './rules.ts'
import { createStaging } from './stage-file.ts'

/** Rows of a share: 0.5 s of work. A file of fewer than two shares is not worth a thread, which takes 0.3 s to start. */
const SHARE = 65_536
/** A thread holds about 150 MB of rows, names already taken apart and columns under way. */
const MOST_THREADS = 8

/** A file of fewer rows is read at once before the engine has made up its mind. */
const WORTH_IT = 20_000

/** Returns the refused rows. */
export async function parsePeople(app: App, importId: number, staging: string, mapping: Mapping): Promise<BadRow[]> {
  const [people, consents] = [parsedPeople(importId), parsedConsents(importId)]
  await createStaging(app, people, PARSED_PEOPLE, 'row_no')
  await createStaging(app, consents, PARSED_CONSENTS, 'row_no')
  const { rows, last } = await app.facts.one<{ rows: number; last: number }>(
    `SELECT count() AS rows, max(row_no) AS last FROM ${staging}`,
  )
  const reader = new PeopleReader(mapping)
  const rest = rows >= WORTH_IT
  if (rest) await parsePlainPeople(app, importId, staging, mapping, reader, last)
  const left = await app.facts.query<{ from: number; rows: number }>(
    `SELECT from, sum(rows) AS rows FROM (
       SELECT intDiv(row_no, ${SHARE}) * ${SHARE} AS from, toInt64(count()) AS rows FROM ${staging} GROUP BY from
       UNION ALL SELECT intDiv(row_no, ${SHARE}) * ${SHARE} AS from, -toInt64(count()) AS rows FROM ${people} GROUP BY from
     ) GROUP BY from HAVING rows > 0 ORDER BY from`,
  )
  if (left.length === 0) return []
  if (left.reduce((sum, share) => sum + share.rows, 0) < 2 * SHARE) {
    const all = { staging, people, consents, from: left[0]!.from, to: last + 1, rest }
    return readPeopleShare(app.facts, all, mapping, reader)
  }
  const shares = left.map(({ from }): PeopleShare => ({ staging, people, consents, from, to: from + SHARE, rest }))
  const threads = Math.min(shares.length, MOST_THREADS, availableParallelism())
  const parts = await Promise.all(Array.from({ length: threads }, () => workThrough(app, mapping, shares)))
  return parts.flat().sort((a, b) => a.rowNo - b.rowNo)
}

/** Takes shares from the common list until it is empty. */
async function workThrough(app: App, mapping: Mapping, shares: PeopleShare[]): Promise<BadRow[]> {
  const worker = new Worker(new URL('./people-worker.ts', import.meta.url), {
    workerData: { address: app.facts.address, mapping },
  })
  const bad: BadRow[] = []
  try {
    for (let share = shares.shift(); share; share = shares.shift()) {
      worker.postMessage(share)
      const [answer] = (await once(worker, 'message')) as [{ bad?: BadRow[]; error?: string }]
      if (answer.error !== undefined) throw new Error(answer.error)
      bad.push(...(answer.bad ?? []))
    }
  } finally {
    await worker.terminate()
  }
  return bad
}
