import { useText } from '../../../i18n/use-text.ts'
import { Button, Input } from '../../../kit/index.ts'
import { localTime, whenToRing } from './when-to-ring.ts'

interface CallbackTimeProps {
  id: string
  value: string
  disabled: boolean
  onChange: (value: string) => void
}

/** A date and hour, the usual ones by one press. */
export function CallbackTime({ id, value, disabled, onChange }: CallbackTimeProps) {
  const { t, lately } = useText()
  const now = new Date()
  return (
    <div className="row">
      <Input
        id={id}
        type="datetime-local"
        style={{ width: 210 }}
        min={localTime(now)}
        value={value}
        disabled={disabled}
        onChange={event => onChange(event.target.value)}
      />
      {whenToRing(now).map(({ name, at }) => (
        <Button
          key={name}
          size="small"
          disabled={disabled}
          title={lately(at.toISOString())}
          onClick={() => onChange(localTime(at))}
        >
          {t(`callback.${name}`)}
        </Button>
      ))}
    </div>
  )
}
