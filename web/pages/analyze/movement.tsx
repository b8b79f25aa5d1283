import { useText } from '../../i18n/use-text.ts'

/** Against the turn before. */
export function Movement({ now, before }: { now: number; before: number | null }) {
  const { t, number } = useText()
  if (before === null) return null
  const change = now - before
  if (change === 0) return <span className="small muted">{t('segments.unchanged')}</span>
  return (
    <span className={change > 0 ? 'small good' : 'small warn'} title={t('segments.before', { count: number(before) })}>
      {change > 0 ? '+' : '−'}
      {number(Math.abs(change))}
    </span>
  )
}
