import { join } from 'node:path'
import type { App } from '../../platform/app.ts'

/** `out/print-runs/<run>/`: files for the printer, their control files, and a manifest once all are there. */
export const runFolder = (app: Pick<App, 'config'>, run: number): string => join(app.config.dataDir, runPath(run))

/** Within the data folder. */
export const runPath = (run: number): string => join('out', 'print-runs', String(run))

/** Without ending: `12-dl-0003`. */
export const fileName = (run: number, envelope: string, file: number): string =>
  `${run}-${envelope.toLowerCase()}-${String(file).padStart(4, '0')}`
