import type { SegmentList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Callout } from '../../kit/index.ts'
import { Witness } from './segments/editor/witness.tsx'

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
      {proof.witness ? <Witness title="" lines={proof.witness} /> : null}
    </Callout>
  )
}
