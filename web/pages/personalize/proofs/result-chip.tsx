import { useText } from '../../../i18n/use-text.ts'
import { Chip } from '../../../kit/index.ts'
import type { ProofResult } from './types.ts'

/** How a document came out, and what was said of it. */
export function ResultChip({ row }: { row: ProofResult }) {
  const { t } = useText()
  if (row.verdict && row.changed)
    return (
      <Chip tone={row.verdict.intended ? 'good' : 'bad'}>
        {t(row.verdict.intended ? 'proof.intended' : 'proof.refused')}
      </Chip>
    )
  if (row.changed) return <Chip tone="warn">{t(row.now.state === 'held' ? 'proof.held' : 'proof.differs')}</Chip>
  return <Chip>{t(row.now.state === 'held' ? 'proof.held' : row.before === null ? 'proof.made' : 'proof.same')}</Chip>
}
