import { useEffect, useState } from 'react'

/** The value, once it has stood still for so long: what is typed is not asked for letter by letter. */
export function useLater<T>(value: T, milliseconds = 200): T {
  const [settled, setSettled] = useState(value)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), milliseconds)
    return () => clearTimeout(timer)
  }, [value, milliseconds])
  return settled
}
