import { collectErrors } from '../errors.ts'
import type { FileHead } from '../import/read-text.ts'
import { mended } from '../mending/mended-rows.ts'
import { clickhouse } from './clickhouse.ts'
import { csv } from './csv.ts'
import type { Importer } from './importer.ts'
import { jsonl } from './jsonl.ts'
import { mysql } from './mysql.ts'
import { parquet } from './parquet.ts'
import { postgres } from './postgres.ts'
import { vcard } from './vcard.ts'
import { xlsx } from './xlsx.ts'

/** In the order in which they are asked whether a file is theirs; CSV takes any text. */
export const importers: readonly Importer[] = [mended, postgres, mysql, clickhouse, parquet, xlsx, vcard, jsonl, csv]

export function importerNamed(name: string, file: string): Importer {
  const found = importers.find(importer => importer.name === name)
  if (!found) throw unknownImporter(file)
  return found
}

export function importerFor(path: string, head: FileHead): Importer {
  const found = importers.find(importer => importer.fits(path, head))
  if (!found) throw unknownImporter(path)
  return found
}

const unknownImporter = (file: string) =>
  collectErrors['collect.importer-unknown']({ file, known: importers.map(importer => importer.name).join(', ') })
