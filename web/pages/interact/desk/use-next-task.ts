import { type UseMutationResult, useMutation, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from 'react-router'
import { send } from '../../../api/client.ts'
import type { TaskDetail } from '../../../api/types.ts'

/** The best open task, held for this agent, and its page; null when there is none. */
export function useNextTask(): UseMutationResult<TaskDetail | null, Error, void> {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: () => send<TaskDetail | null>('POST', '/tasks/next', {}),
    onSuccess: async task => {
      await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/tasks') })
      void navigate(task ? `/tasks/${task.taskId}` : '/tasks')
    },
  })
}
