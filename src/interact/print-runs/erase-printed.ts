import { readdir, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { App } from '../../platform/app.ts'
import type { Person } from '../../platform/personal-data.ts'

/**
 * A print file holds many people's letters and cannot be cut, so every file with a document of the person goes, with its proof and its
 * control file. The run's figures and the others' letters stay in the ledger: they can be reprinted by piece.
 */
export async function erasePrinted(app: App, person: Person): Promise<{ files: number }> {
  const folder = join(app.config.dataDir, 'out', 'print-runs')
  const ids = person.keys('communication')
  let files = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || !entry.name.endsWith('.csv')) continue
    const control = await readFile(join(entry.parentPath, entry.name), 'utf8')
    if (!ids.some(id => control.includes(id))) continue
    const name = join(entry.parentPath, entry.name.slice(0, -'.csv'.length))
    for (const ending of ['.pdf', '-proof.pdf', '.csv']) await rm(name + ending, { force: true })
    files++
  }
  return { files }
}
