import { useText } from '../../../i18n/use-text.ts'
import type { Share } from './types.ts'

/** A share with its interval; of nothing it says nothing. */
export function ShareCell({ share }: { share: Share }) {
  const { t, percent } = useText()
  if (share.share === null) return <span className="muted">–</span>
  return (
    <span title={t('tl.of', { count: share.of })}>
      {percent(share.share)}{' '}
      <span className="muted nowrap">({t('tl.range', { low: percent(share.low), high: percent(share.high) })})</span>
    </span>
  )
}
