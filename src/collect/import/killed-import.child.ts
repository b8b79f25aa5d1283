/** Imports one file into a data folder and tells how far it is, until it is through or killed. */
import { openTestApp } from '../../platform/open-test-app.ts'
import { mappingSchema } from '../mapping.ts'
import { importFile, sweepKilledImports } from './import-file.ts'
import { tablesOnly } from './own-app.ts'

const [data = '', path = '', mapping = ''] = process.argv.slice(2)
const app = await openTestApp(data, [tablesOnly])
await sweepKilledImports(app)
const result = await importFile(app, mappingSchema.parse(JSON.parse(mapping)), path, part => {
  process.stdout.write(`part ${part}\n`)
})
process.stdout.write(`${JSON.stringify(result)}\n`)
await app.close()
