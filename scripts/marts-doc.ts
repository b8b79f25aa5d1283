/** `node scripts/marts-doc.ts` writes docs/marts.md from what the stages declare. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stages } from '../src/loop.ts'
import { martsDocument } from '../src/platform/marts-doc.ts'

await writeFile(join(import.meta.dirname, '..', 'docs', 'marts.md'), martsDocument(stages))
