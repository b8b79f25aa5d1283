import type { Look } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'

/** A customer as the features would describe him. */
export function Witness({ title, lines }: { title: string; lines: NonNullable<Look['proof']['gap']> }) {
  const { say } = useText()
  return (
    <div>
      <div>{title}</div>
      <dl className="pairs witness">
        {lines.map(({ feature, name, value }) => (
          <div key={feature} className="row">
            <dt>{say(name)}</dt>
            <dd>{say(value)}</dd>
          </div>
        ))}
      </dl>
    </div>
  )
}
