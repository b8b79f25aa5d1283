import type { JudgedSegment } from '../../api/learning.ts'
import { useText } from '../../i18n/use-text.ts'
import { Chip, type Tone } from '../../kit/index.ts'

const tones: Record<JudgedSegment['standing'], Tone> = { held: 'good', 'not-held': 'bad', unknown: 'outline' }

export function StandingChip({ standing }: { standing: JudgedSegment['standing'] }) {
  const { t } = useText()
  return <Chip tone={tones[standing]}>{t(`learned.standing-${standing}`)}</Chip>
}
