import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank } from '../../../kit/index.ts'
import type { WordRuns } from './types.ts'

/** What was taken out and what was put in, among the words that stayed. */
export function ProofWords({ base }: { base: string }) {
  const { t } = useText()
  const words = useGet<{ runs: WordRuns }>(`${base}/words`)
  return (
    <Async query={words} lines={8}>
      {({ runs }) =>
        runs.every(({ kind }) => kind === 'same') ? (
          <Blank title={t('proof.no-words')} />
        ) : (
          <p className="proof-words">
            {runs.map(({ kind, text }, index) => {
              // The runs of one answer never change places.
              const key = `${index}-${kind}`
              if (kind === 'added') return <ins key={key}>{text}</ins>
              if (kind === 'removed') return <del key={key}>{text}</del>
              return <span key={key}>{text}</span>
            })}
          </p>
        )
      }
    </Async>
  )
}
