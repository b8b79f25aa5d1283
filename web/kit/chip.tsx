import type { ReactNode } from 'react'

export type Tone = 'plain' | 'accent' | 'good' | 'warn' | 'bad' | 'outline'

export function Chip({ tone = 'plain', title, children }: { tone?: Tone; title?: string; children: ReactNode }) {
  return (
    <span className={tone === 'plain' ? 'chip' : `chip ${tone}`} title={title}>
      {children}
    </span>
  )
}
