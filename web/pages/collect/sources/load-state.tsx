import type { Load } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Chip, Meter } from '../../../kit/index.ts'

/** How a load stands, or how it ended. */
export function LoadState({ load }: { load: Load }) {
  const { t, say, number, percent } = useText()
  if (load.state === 'waiting') return <Chip>{t('load.waiting')}</Chip>
  if (load.state === 'running') {
    const words = t('load.running', { percent: percent(load.share, 0), note: load.note })
    return (
      <span className="block small">
        {words}
        <Meter share={load.share} label={words} width={120} />
      </span>
    )
  }
  if (load.state === 'failed') return <span className="block small bad">{load.error ? say(load.error) : ''}</span>
  const { result } = load
  if (!result) return null
  return (
    <span className="block small soft">
      {t('load.done', {
        files: result.files,
        rows: number(result.rowsIn),
        stored: number(result.stored),
        quarantined: number(result.quarantined),
      })}
    </span>
  )
}
