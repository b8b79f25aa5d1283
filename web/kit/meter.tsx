interface MeterProps {
  /** 0..1 */
  share: number
  label: string
  tone?: 'good' | 'warn' | 'bad' | undefined
  width?: number | undefined
}

export function Meter({ share, label, tone, width }: MeterProps) {
  const percent = Math.max(0, Math.min(1, Number.isFinite(share) ? share : 0)) * 100
  return (
    <div
      className={tone ? `meter ${tone}` : 'meter'}
      role="img"
      aria-label={label}
      title={label}
      style={width ? { width } : undefined}
    >
      <span style={{ width: `${percent}%` }} />
    </div>
  )
}
