import { CheckOutlined, MinusOutlined } from '@ant-design/icons'
import type { WayAnswer } from '../../../../src/personalize/kinds/api.ts'
import { useText } from '../../../i18n/use-text.ts'

/** Each way with why it was taken or not; what was taken comes first. */
export function Reasons({ reasons }: { reasons: WayAnswer['reasons'] }) {
  const { term, say } = useText()
  return (
    <ul className="plain-list">
      {reasons.map(({ channel, taken, text }) => (
        <li key={channel} className={taken ? 'strong' : 'soft'}>
          {taken ? <CheckOutlined /> : <MinusOutlined />} {term('channel', channel)}: {say(text)}
        </li>
      ))}
    </ul>
  )
}
