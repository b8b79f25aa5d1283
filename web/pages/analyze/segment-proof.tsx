import type { SegmentList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Callout } from '../../kit/index.ts'

/** Every customer in exactly one segment: proven from the rules, or the customer that shows they do not. */
export function SegmentProof({ proof }: { proof: SegmentList['proof'] }) {
  const { t, say } = useText()
  const proven = proof.exclusive && proof.complete
  const title = proven
    ? t('proof.holds')
    : !proof.exclusive && !proof.complete
      ? t('proof.neither')
      : proof.exclusive
        ? t('proof.incomplete')
        : t('proof.overlap')
  return (
    <Callout tone={proven ? 'good' : 'bad'} title={title}>
      {say(proof.method)}
      {proof.witness ? (
        <dl className="pairs witness">
          {Object.entries(proof.witness).map(([feature, value]) => (
            <div key={feature} className="row">
              <dt className="mono">{feature}</dt>
              <dd className="mono">{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
            </div>
          ))}
        </dl>
      ) : null}
    </Callout>
  )
}
