import { useText } from '../../i18n/use-text.ts'
import { Callout } from '../../kit/index.ts'

/** Which ways of which turns reached nobody (`day/channel`): their silence is counted nowhere. */
export function Unheard({ ways }: { ways: readonly string[] }) {
  const { t, term, day } = useText()
  if (ways.length === 0) return null
  const turns = [...Map.groupBy(ways, way => way.slice(0, way.indexOf('/')))]
  const list = turns
    .map(([asOf, its]) =>
      t('learned.unheard-turn', {
        day: day(asOf),
        channels: its.map(way => term('channel', way.slice(asOf.length + 1))).join(t('learned.story-comma')),
      }),
    )
    .join(t('learned.unheard-between'))
  return <Callout title={t('learned.unheard-title')}>{t('learned.unheard-hint', { list })}</Callout>
}
