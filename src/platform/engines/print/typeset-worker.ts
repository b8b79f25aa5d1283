import { parentPort, workerData } from 'node:worker_threads'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { fontBlobs } from './fonts.ts'
import type { Page } from './typeset.ts'

/** A folder that need not exist: all files are handed over, and the engine reads nothing outside it. */
const WORKSPACE = '/huiyin-typeset'

function set({ source, files }: Page): Uint8Array {
  const typst = NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fontBlobs() }] })
  typst.addSource(`${WORKSPACE}/main.typ`, source)
  for (const [path, content] of Object.entries(files)) typst.mapShadow(`${WORKSPACE}/${path}`, Buffer.from(content))
  const result = typst.compile({ mainFilePath: `${WORKSPACE}/main.typ` })
  const failure = result.takeError()
  if (failure || !result.result)
    throw new Error(JSON.stringify(failure ? typst.fetchDiagnostics(failure) : 'the print engine gave no document'))
  return new Uint8Array(typst.pdf(result.result))
}

const bytes = set(workerData as Page)
parentPort?.postMessage(bytes, [bytes.buffer as ArrayBuffer])
