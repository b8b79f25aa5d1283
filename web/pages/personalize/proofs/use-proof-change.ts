import type { UseMutationResult } from '@tanstack/react-query'
import { type Change, useChangeOf } from '../../../api/use-change.ts'

/** A change of a template's proofs, after which they and the template are asked for again. */
export const useProofChange = <T>(
  templateId: string,
  onDone?: (answer: T, sent: Change) => void,
): UseMutationResult<T, Error, Change> => useChangeOf<T>([`/templates/${templateId}`], onDone)
