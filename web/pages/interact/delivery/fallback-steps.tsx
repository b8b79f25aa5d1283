import { DeleteOutlined, PlusOutlined } from '@ant-design/icons'
import { useText } from '../../../i18n/use-text.ts'
import { Button, InputNumber, Select } from '../../../kit/index.ts'
import type { DeliverySettings } from './types.ts'

type Step = DeliverySettings['fallback'][number]

const CLASSES = ['', 'legal', 'service', 'offer'] as const
const FROM = ['email', 'sms', 'portal'] as const
const WHEN = ['bounced', 'unread', 'undelivered'] as const
const TO = ['email', 'sms', 'print'] as const

/** Read from left to right: of this class, sent this way, when this happened, goes that way. */
export function FallbackSteps({ steps, onChange }: { steps: readonly Step[]; onChange: (steps: Step[]) => void }) {
  const { t, term } = useText()
  const change = (at: number, part: Partial<Step>) =>
    onChange(steps.map((step, index) => (index === at ? { ...step, ...part } : step)))
  return (
    <div className="stack">
      {[...steps.entries()].map(([at, step]) => (
        <div key={at} className="row">
          <Select
            aria-label={t('dl.fb-class')}
            style={{ width: 130 }}
            value={step.class}
            options={CLASSES.map(value => ({
              value,
              label: value === '' ? t('dl.fb-all') : term('comm-class', value),
            }))}
            onChange={value => change(at, { class: value })}
          />
          <Select
            aria-label={t('dl.fb-from')}
            style={{ width: 110 }}
            value={step.from}
            options={FROM.map(value => ({ value, label: term('channel', value) }))}
            onChange={value => change(at, { from: value })}
          />
          <Select
            aria-label={t('dl.fb-when')}
            style={{ width: 150 }}
            value={step.when}
            options={WHEN.map(value => ({ value, label: t(`dl.fb.${value}`) }))}
            onChange={value => change(at, { when: value })}
          />
          <InputNumber
            aria-label={t('dl.fb-days')}
            style={{ width: 130 }}
            min={0}
            max={90}
            suffix={t('dl.fb-days')}
            value={step.days}
            onChange={value => change(at, { days: Number(value ?? 0) })}
          />
          <span aria-hidden="true">→</span>
          <Select
            aria-label={t('dl.fb-to')}
            style={{ width: 110 }}
            value={step.to}
            options={TO.map(value => ({ value, label: term('channel', value) }))}
            onChange={value => change(at, { to: value })}
          />
          <Button
            icon={<DeleteOutlined />}
            aria-label={t('dl.fb-remove')}
            onClick={() => onChange(steps.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          icon={<PlusOutlined />}
          onClick={() =>
            onChange([...steps, { class: 'service', from: 'email', when: 'bounced', days: 0, to: 'print' }])
          }
        >
          {t('dl.fb-add')}
        </Button>
      </div>
    </div>
  )
}
