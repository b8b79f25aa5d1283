import type { LetterDetail } from '../../../api/letters.ts'
import { useText } from '../../../i18n/use-text.ts'

export function LetterHistory({ steps }: { steps: LetterDetail['steps'] }) {
  const { term, instant } = useText()
  return (
    <ol className="story">
      {steps.map(step => (
        <li key={`${step.at} ${step.what}`}>
          <time className="small muted">{instant(step.at)}</time>
          <div>
            <span className="strong">{term('letter-step', step.what)}</span> <span className="soft">· {step.by}</span>
            {step.notes ? <div className="soft break">{step.notes}</div> : null}
          </div>
        </li>
      ))}
    </ol>
  )
}
