import { Worker } from 'node:worker_threads'
import { errors } from './errors.ts'
import type { WordDocument } from './word-tree.ts'

const SECONDS = 20

/** Read in a thread of its own with bounded memory and time: a document made to be slow stops nobody else's work. */
export function readDocx(name: string, bytes: Buffer): Promise<WordDocument> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./read-docx-worker.ts', import.meta.url), {
      workerData: { bytes: new Uint8Array(bytes) },
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    })
    const timer = setTimeout(() => {
      reject(errors['letter.too-long']({ name, seconds: SECONDS }))
      void worker.terminate()
    }, SECONDS * 1000)
    const done = () => clearTimeout(timer)
    worker.once('message', (document: WordDocument) => {
      done()
      resolve(document)
    })
    worker.once('error', error => {
      done()
      const problem = {
        en: `its contents are not as Word writes them (${error.message})`,
        zh: `内容不符合 Word 格式（${error.message}）`,
      }
      reject(errors['letter.damaged']({ name, problem }, error))
    })
    worker.once('exit', done)
  })
}
