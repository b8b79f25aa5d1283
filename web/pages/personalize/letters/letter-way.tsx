import type { LetterDetail } from '../../../api/letters.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Panel, Radio } from '../../../kit/index.ts'

interface LetterWayProps {
  ways: LetterDetail['ways']
  channel: string
  choose: (channel: string) => void
}

/** What law, consent and reach leave; each with its reason. */
export function LetterWay({ ways, channel, choose }: LetterWayProps) {
  const { t, term, say } = useText()
  return (
    <Panel title={t('letters.way')}>
      <Radio.Group
        value={channel}
        aria-label={t('letters.way')}
        onChange={event => choose(String(event.target.value))}
        className="stack tight"
      >
        {ways.map(way => (
          <Radio key={way.channel} value={way.channel} disabled={!way.open}>
            {term('channel', way.channel)} <span className="muted">· {say(way.verdict)}</span>
          </Radio>
        ))}
      </Radio.Group>
    </Panel>
  )
}
