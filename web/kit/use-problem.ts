import { ApiError, UNREACHABLE } from '../api/client.ts'
import { useText } from '../i18n/use-text.ts'

/** What went wrong, in words the reader can act on. */
export function useProblem(): (error: unknown) => string {
  const { t } = useText()
  return error => {
    if (!(error instanceof ApiError)) return t('problem.unexpected')
    if (error.code === UNREACHABLE) return t('problem.unreachable')
    if (error.message !== '') return error.message
    return t('problem.status', { status: error.status })
  }
}
