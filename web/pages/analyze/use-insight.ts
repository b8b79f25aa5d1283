import type { UseQueryResult } from '@tanstack/react-query'
import { useGet } from '../../api/queries.ts'
import type { CustomerInsight } from '../../api/types.ts'

/** One answer serves the figures, the reasons and the features of a customer's page. */
export const useInsight = (id: number): UseQueryResult<CustomerInsight, Error> =>
  useGet<CustomerInsight>(`/customers/${id}/insight`)
