import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Progress } from '../platform/app.ts'
import { sha256Of } from '../platform/sha256.ts'
import { loadTemplate } from './compose/load-template.ts'
import type { Composed } from './compose/outcome.ts'
import { openComposePool } from './compose/pool.ts'
import { type Script, scriptText } from './compose/script.ts'
import type { TemplateVersion } from './compose/template.ts'
import { errors } from './errors.ts'
import { readRows } from './read-rows.ts'
import { findTemplate } from './templates-folder.ts'

export interface ComposedFiles {
  template: string
  rows: number
  composed: number
  held: { id: string; reason: string; detail: string }[]
  pages: number
  segments: number
  bytes: number
  seconds: number
}

const BATCH = 50

/**
 * Composes rows of a file into `<out>/<id>.pdf|eml|txt`; `manifest.jsonl` comes last, in the order of the rows, one line per
 * document, and `held.jsonl` says what was held back and why.
 */
export async function composeFiles(
  template: string,
  data: string,
  out: string,
  threads: number,
  progress: Progress,
): Promise<ComposedFiles> {
  const started = performance.now()
  const { root, id } = findTemplate(template)
  const version = await loadWhole(root, id)
  const rows = await readRows(data)
  await writable(out, mkdir(out, { recursive: true }))
  const pool = openComposePool(threads)
  const result: ComposedFiles = {
    template: id,
    rows: rows.length,
    composed: 0,
    held: [],
    pages: 0,
    segments: 0,
    bytes: 0,
    seconds: 0,
  }
  const lines: string[] = []
  const held: ComposedFiles['held'] = []
  let done = 0
  try {
    const batches = Array.from({ length: Math.ceil(rows.length / BATCH) }, (_, batch) =>
      rows.slice(batch * BATCH, (batch + 1) * BATCH),
    )
    // As many at work as there are threads, and one waiting: finished bytes do not pile up.
    const running: Promise<void>[] = []
    for (const [number, batch] of batches.entries()) {
      const work = pool.compose(version, batch).then(async outcomes => {
        for (const [index, outcome] of outcomes.entries()) {
          const row = batch[index]!
          const at = number * BATCH + index
          if (outcome.state === 'held') {
            held[at] = { id: row.id, reason: outcome.reason, detail: outcome.detail }
            continue
          }
          const line = await writable(out, writeDocument(out, row.id, outcome))
          lines[at] = JSON.stringify(line)
          result.composed++
          result.pages += outcome.pages
          result.segments += outcome.segments
          result.bytes += line.size
        }
        done += batch.length
        progress(done, rows.length)
      })
      running.push(work)
      if (running.length > threads) await running.shift()
    }
    await Promise.all(running)
  } finally {
    await pool.close()
  }
  result.held = Object.values(held)
  await writable(
    out,
    writeLines(
      join(out, 'held.jsonl'),
      result.held.map(held => JSON.stringify(held)),
    ),
  )
  await writable(out, writeLines(join(out, 'manifest.jsonl'), Object.values(lines)))
  result.seconds = Math.round(performance.now() - started) / 1000
  return result
}

/** An e-mail carries the document that its template names, from the same folder. */
async function loadWhole(root: string, id: string): Promise<TemplateVersion> {
  const version = await loadTemplate(root, id)
  const { attach } = version.manifest
  if (attach === undefined) return version
  const document = await loadTemplate(root, attach)
  return { ...version, document, hash: `${version.hash}+${document.hash}` }
}

/** A call script is printed as text; what a desk reads stands beside it as JSON. */
async function writeDocument(out: string, id: string, outcome: Composed) {
  let { bytes, sha256 } = outcome
  let extension: string = outcome.extension
  if (extension === 'json') {
    await writeFile(join(out, `${id}.json`), bytes)
    bytes = Buffer.from(scriptText(JSON.parse(Buffer.from(bytes).toString()) as Script))
    sha256 = sha256Of(bytes)
    extension = 'txt'
  }
  const file = `${id}.${extension}`
  await writeFile(join(out, file), bytes)
  return { id, file, sha256, pages: outcome.pages, segments: outcome.segments, size: bytes.length }
}

async function writeLines(file: string, lines: string[]): Promise<void> {
  await writeFile(`${file}.tmp`, lines.map(line => `${line}\n`).join(''))
  await rename(`${file}.tmp`, file)
}

async function writable<T>(dir: string, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    throw errors['personalize.out-not-writable'](
      { dir, reason: error instanceof Error ? error.message : String(error) },
      error,
    )
  }
}
