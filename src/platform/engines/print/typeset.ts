import { Worker } from 'node:worker_threads'

/** What is set: the Typst source and the files it reads by `/name` (data as JSON, pictures as SVG). */
export interface Page {
  source: string
  files: Readonly<Record<string, string>>
}

/**
 * Sets one document in a thread of its own, which ends with it: an engine with its fonts holds 250 MB, and reports are asked for now
 * and then. The first page takes 0.5–0.8 s, most of it reading fonts.
 */
export function typeset(page: Page): Promise<Uint8Array> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./typeset-worker.ts', import.meta.url), { workerData: page })
    worker.once('message', resolve)
    worker.once('error', reject)
    worker.once('exit', code => reject(new Error(`the print engine ended with ${code}`)))
  })
}
