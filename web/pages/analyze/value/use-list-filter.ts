import { useCallback } from 'react'
import { useSearchParams } from 'react-router'

/** Whom the list at the foot of the page shows; it stands in the address. */
export interface ListFilter {
  label: string
  category?: string | undefined
  aliveFrom?: number | undefined
  aliveTo?: number | undefined
  valueFrom?: number | undefined
  valueTo?: number | undefined
}

const names = ['category', 'aliveFrom', 'aliveTo', 'valueFrom', 'valueTo'] as const
/** Of the list on the page, so that opening a line leads there. */
export const LIST_ID = 'value-customers'

export function useListFilter() {
  const [params, setParams] = useSearchParams()
  const write = useCallback(
    (filter: ListFilter | null) => {
      setParams(
        before => {
          const next = new URLSearchParams(before)
          for (const name of [...names, 'label'] as const) {
            const value = filter?.[name]
            if (value === undefined) next.delete(name)
            else next.set(name, String(value))
          }
          return next
        },
        { replace: true, preventScrollReset: true },
      )
    },
    [setParams],
  )
  return {
    label: params.get('label'),
    query: Object.fromEntries(
      names.flatMap(name => {
        const value = params.get(name)
        return value === null ? [] : [[name, value]]
      }),
    ),
    show(filter: ListFilter) {
      write(filter)
      document.getElementById(LIST_ID)?.scrollIntoView({ behavior: 'smooth', block: 'start' })
    },
    clear: () => write(null),
  }
}
