import { Link } from 'react-router'
import type { VerdictList } from '../../../api/models.ts'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Chip, Tooltip, toneOf } from '../../../kit/index.ts'

/** The verdict on whatever says a feature (`churn_probability`): segments and plans show it where they rest on one. */
export function VerdictChip({ feature }: { feature: string }) {
  const { t, say, term, day } = useText()
  const verdicts = useGet<VerdictList>('/models/verdicts')
  const found = verdicts.data?.rows.find(row => row.feature === feature)
  if (!found) return null
  return (
    <Tooltip title={`${say(found.title)}, ${t('model.as-of', { day: day(found.asOf) })}: ${say(found.evidence)}`}>
      <Link to={`/models/${found.model}`}>
        <Chip tone={toneOf(found.verdict)}>{term('verdict', found.verdict)}</Chip>
      </Link>
    </Tooltip>
  )
}
