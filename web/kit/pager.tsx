import { LeftOutlined, RightOutlined } from '@ant-design/icons'
import { useText } from '../i18n/use-text.ts'
import { Button } from './controls.ts'

interface PagerProps {
  offset: number
  limit: number
  total: number
  onMove: (offset: number) => void
}

export function Pager({ offset, limit, total, onMove }: PagerProps) {
  const { t, number } = useText()
  if (total <= limit) return null
  const last = Math.min(offset + limit, total)
  return (
    <div className="table-foot no-print">
      <span className="muted">
        {t('pager.range', { from: number(offset + 1), to: number(last), total: number(total) })}
      </span>
      <Button
        icon={<LeftOutlined />}
        aria-label={t('pager.previous')}
        disabled={offset === 0}
        onClick={() => onMove(Math.max(0, offset - limit))}
      />
      <Button
        icon={<RightOutlined />}
        aria-label={t('pager.next')}
        disabled={last >= total}
        onClick={() => onMove(offset + limit)}
      />
    </div>
  )
}
