import { useEffect, useState } from 'react'

/** Minutes and seconds since then, going on. */
export function CallClock({ since, until }: { since: string; until?: string | null }) {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (until) return undefined
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [until])
  const seconds = Math.max(0, Math.floor(((until ? Date.parse(until) : now) - Date.parse(since)) / 1000))
  const two = (n: number): string => String(n).padStart(2, '0')
  return (
    <time className="mono">
      {Math.floor(seconds / 60)}:{two(seconds % 60)}
    </time>
  )
}
