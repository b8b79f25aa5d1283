import { useSearchParams } from 'react-router'
import { useLater } from './use-later.ts'

export interface ListFilter<Name extends string> {
  values: Record<Name, string>
  set: (name: Name, value: string) => void
  offset: number
  move: (offset: number) => void
  /** For the API: the values, `q` once it has stood still, offset and limit. */
  query: Record<Name, string> & { offset: number; limit: number }
}

/**
 * What a list shows and the page it is at, in the address. Another filter begins at the first page; both change in one step, as two
 * changes of the address in one go would lose the first.
 */
export function useListFilter<Name extends string>(defaults: Record<Name, string>, limit: number): ListFilter<Name> {
  const [params, setParams] = useSearchParams()
  const values = { ...defaults }
  for (const name of Object.keys(defaults) as Name[]) values[name] = params.get(name) ?? defaults[name]
  const settled = useLater((values as Partial<Record<string, string>>)['q'] ?? '', 300)
  const offset = (Number(params.get('page')) || 0) * limit
  const change = (name: string, value: string, initial: string): void =>
    setParams(
      before => {
        const next = new URLSearchParams(before)
        if (name !== 'page') next.delete('page')
        if (value === initial) next.delete(name)
        else next.set(name, value)
        return next
      },
      { replace: true },
    )
  return {
    values,
    set: (name, value) => change(name, value, defaults[name]),
    offset,
    move: to => change('page', String(to / limit), '0'),
    query: { ...values, ...('q' in defaults ? { q: settled } : {}), offset, limit },
  }
}
