import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { makeSample } from './make-sample.ts'

/** `node samples/generate/run.ts [PUBLIC-DATA] [INTO]`: writes the sample company; the defaults are ../shared/data and samples/. */
const root = resolve(import.meta.dirname, '../..')
const data = resolve(process.argv[2] ?? join(root, '../shared/data'))
const into = resolve(process.argv[3] ?? join(root, 'samples'))
if (existsSync(join(data, 'retail'))) makeSample(data, into)
else {
  console.error(`no public data at ${data}: give the folder that holds retail/ and chinese/`)
  process.exitCode = 2
}
