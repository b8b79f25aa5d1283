import { useMutation, useQueryClient } from '@tanstack/react-query'
import { send } from '../../../api/client.ts'
import type { AlarmChange, AlarmChanged } from './types.ts'

/** Changes what was done with alarms, and takes the last change back. */
export function useAlarmChange(onDone?: (changed: AlarmChanged, sent: AlarmChange) => void) {
  const client = useQueryClient()
  const again = () =>
    client.invalidateQueries({ predicate: ({ queryKey }) => String(queryKey[0]).startsWith('/alarms') })
  const change = useMutation({
    mutationFn: (sent: AlarmChange) => send<AlarmChanged>('POST', '/alarms/states', sent),
    onSuccess: async (changed, sent) => {
      onDone?.(changed, sent)
      await again()
    },
  })
  const undo = useMutation({
    mutationFn: (before: AlarmChanged['before']) => send<AlarmChanged>('POST', '/alarms/states/restore', { before }),
    onSuccess: again,
  })
  return { change, undo }
}
