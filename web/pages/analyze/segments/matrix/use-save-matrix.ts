import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../../api/client.ts'
import type { Matrix } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { useToast } from '../../../../kit/index.ts'

export function useSaveMatrix(done: () => void) {
  const { t } = useText()
  const toast = useToast()
  const client = useQueryClient()
  return useMutation({
    mutationFn: (matrix: Matrix) => send('PUT', '/segments/matrix', matrix),
    onSuccess: async () => {
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/segments/matrix') })
      toast.done(t('seg.saved'))
      done()
    },
  })
}
