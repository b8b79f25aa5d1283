import type { PairView } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'

/** Bits for and against, each bar beginning where the one before it ended; the last is the sum. */
export function Waterfall({ pair }: { pair: Pick<PairView, 'steps' | 'bits' | 'probability'> }) {
  const { t, say, number, percent } = useText()
  // Nothing is certain: 100.0 % would say so.
  const sure =
    pair.probability > 0.9995
      ? `> ${percent(0.999, 1)}`
      : pair.probability < 0.0005
        ? `< ${percent(0.001, 1)}`
        : percent(pair.probability, 1)
  let at = 0
  const bars = pair.steps
    .map((step, index) => {
      const bits = step.bits + step.rarityBits
      const from = at
      at += bits
      return { ...step, index, bits, from, to: at }
    })
    .filter(bar => bar.kind !== 'aspect' || Math.abs(bar.bits) >= 0.005)
  const ends = [0, pair.bits, ...bars.flatMap(({ from, to }) => [from, to])]
  const low = Math.min(...ends)
  const high = Math.max(...ends)
  const place = (bits: number): number => ((bits - low) / Math.max(1, high - low)) * 100
  const signed = (bits: number): string => `${bits > 0 ? '+' : bits < 0 ? '−' : ''}${number(Math.abs(bits), 1)}`
  return (
    <figure className="waterfall" aria-label={t('identity.waterfall', { percent: sure })}>
      <ol>
        {bars.map(bar => (
          <li key={bar.index} title={say(bar.levelText)}>
            <span className="what">
              {say(bar.aspectText)}
              {bar.levelText.en ? <span className="small muted">{say(bar.levelText)}</span> : null}
            </span>
            <span className="track" aria-hidden="true">
              <span className="zero" style={{ left: `${place(0)}%` }} />
              <span
                className={bar.bits >= 0 ? 'bar for' : 'bar against'}
                style={{
                  left: `${place(Math.min(bar.from, bar.to))}%`,
                  width: `${Math.max(0.4, Math.abs(place(bar.to) - place(bar.from)))}%`,
                }}
              />
            </span>
            <span className="bits">{signed(bar.bits)}</span>
          </li>
        ))}
        <li className="sum">
          <span className="what strong">{t('identity.sum')}</span>
          <span className="track" aria-hidden="true">
            <span className="zero" style={{ left: `${place(0)}%` }} />
            <span
              className="bar total"
              style={{
                left: `${place(Math.min(0, pair.bits))}%`,
                width: `${Math.abs(place(pair.bits) - place(0))}%`,
              }}
            />
          </span>
          <span className="bits strong">{signed(pair.bits)}</span>
        </li>
      </ol>
      <figcaption className="small muted">
        {t('identity.sum-means', { bits: signed(pair.bits), percent: sure })}
      </figcaption>
    </figure>
  )
}
