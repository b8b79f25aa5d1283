import type { Look } from '../../../../api/segments.ts'
import type { MessageId } from '../../../../i18n/i18n.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Callout } from '../../../../kit/index.ts'
import { Witness } from './witness.tsx'

const titles: Record<string, MessageId> = {
  'proven proven': 'proof.holds',
  'proven refuted': 'proof.incomplete',
  'refuted proven': 'proof.overlap',
  'refuted refuted': 'proof.neither',
}

/** What the rules alone say, with the customer who shows it; where nothing is proven, what the customers there are say. */
export function ProofView({ look, nameOf }: { look: Look; nameOf: (code: string) => string }) {
  const { t, number } = useText()
  const { proof } = look
  const open = proof.exclusive === 'not-proven' || proof.complete === 'not-proven'
  const bad = proof.exclusive === 'refuted' || proof.complete === 'refuted'
  const title = titles[`${proof.exclusive} ${proof.complete}`] ?? 'seg.not-proven'
  return (
    <Callout tone={bad ? 'bad' : open ? 'warn' : 'good'} title={t(title)}>
      <div className="stack tight">
        {open ? <span>{t('seg.not-proven-note', { none: number(look.none), twice: number(look.twice) })}</span> : null}
        {proof.gap ? <Witness title={t('seg.gap')} lines={proof.gap} /> : null}
        {proof.overlaps.slice(0, 3).map(({ a, b, witness }) => (
          <Witness key={`${a} ${b}`} title={t('seg.overlap', { a: nameOf(a), b: nameOf(b) })} lines={witness} />
        ))}
        {proof.overlaps.length > 3 ? <span>{t('seg.more-overlaps', { count: proof.overlaps.length - 3 })}</span> : null}
        {proof.empty.length > 0 ? (
          <span>{t('seg.empty-segments', { names: proof.empty.map(nameOf).join(', ') })}</span>
        ) : null}
        {!bad && !open ? <span>{proof.by === 'order' ? t('seg.by-order') : t('seg.by-boxes')}</span> : null}
      </div>
    </Callout>
  )
}
