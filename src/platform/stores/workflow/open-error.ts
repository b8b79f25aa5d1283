import { HuiyinError } from '../../errors.ts'
import { workflowErrors } from './errors.ts'

/** Emscripten's number for ENOSPC: PGlite throws its file system's errors as they are, which are no Errors. */
const EMSCRIPTEN_ENOSPC = 51

export const NO_SPACE = 'no space left on device'

export function reasonOf(error: unknown): string {
  // When a host name has several addresses, the reasons lie in `errors`.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join('; ')
  if (error instanceof Error) return error.message
  if (typeof error !== 'object' || error === null || !('errno' in error)) return String(error)
  return error.errno === EMSCRIPTEN_ENOSPC ? NO_SPACE : `file system error ${error.errno}`
}

/** Why the store in `folder` could not be opened or made. */
export function openError(error: unknown, folder: string): HuiyinError {
  if (error instanceof HuiyinError) return error
  const reason = reasonOf(error)
  if (reason.includes(NO_SPACE)) return workflowErrors['platform.workflow-disk-full']({ reason }, error)
  return workflowErrors['platform.workflow-unreadable']({ folder, reason }, error)
}
