import { useQueryClient } from '@tanstack/react-query'
import type { MendResult } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { useToast } from '../../../kit/index.ts'

/** Says what came of a mend and has everything that counts rows asked anew. */
export function useMended(): (result: MendResult | null) => Promise<void> {
  const { t, number } = useText()
  const toast = useToast()
  const client = useQueryClient()
  return async result => {
    if (result)
      toast.done(
        t('mend.done', {
          stored: number(result.stored),
          duplicates: number(result.duplicates),
          refused: number(result.refused),
        }),
      )
    await client.invalidateQueries({
      predicate: query => /^\/(quarantine|imports|sources)/.test(String(query.queryKey[0])),
    })
  }
}
