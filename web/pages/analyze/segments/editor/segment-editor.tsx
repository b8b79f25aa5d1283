import { ArrowDownOutlined, ArrowUpOutlined, CopyOutlined, DeleteOutlined } from '@ant-design/icons'
import type { Criterion, Look, Segment } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import { Button, Callout, Field, Input, InputNumber, Panel, Select } from '../../../../kit/index.ts'
import { RuleEditor } from './rule-editor.tsx'

interface SegmentEditorProps {
  segment: Segment
  place: number
  count: number
  criteria: readonly Criterion[]
  look: Look | undefined
  locked: boolean
  onChange: (change: Partial<Segment>, about: string) => void
  onMove: (by: -1 | 1) => void
  onCopy: () => void
  onRemove: () => void
}

/** One segment: its names, its rule, what its strategy promises. */
export function SegmentEditor(props: SegmentEditorProps) {
  const { segment, place, count, criteria, look, locked, onChange, onMove, onCopy, onRemove } = props
  const { t, say, number } = useText()
  const row = look?.rows.find(({ code }) => code === segment.code)
  const warnings = look?.warnings.filter(warning => warning.segment === segment.code) ?? []
  const service = segment.service ?? { per: 'quarter' as const, calls: 0, minutes: 3, offers: 0 }
  const serve = (change: Partial<typeof service>, about: string) =>
    onChange({ service: { ...service, ...change } }, `service ${about}`)
  const both = (field: 'name' | 'strategy', lang: 'en' | 'zh') => (id: string) => (
    <Input.TextArea
      id={id}
      autoSize={{ minRows: 1, maxRows: 4 }}
      disabled={locked}
      maxLength={field === 'name' ? 80 : 400}
      value={segment[field][lang]}
      onChange={event => onChange({ [field]: { ...segment[field], [lang]: event.target.value } }, `${field} ${lang}`)}
    />
  )
  return (
    <Panel
      title={
        <span className="row tight">
          {place}. {say(segment.name) || segment.code}
        </span>
      }
      note={row ? t('seg.takes', { taken: number(row.taken), holds: number(row.holds) }) : segment.code}
      extra={
        locked ? null : (
          <span className="row tight no-print">
            <Button
              size="small"
              icon={<ArrowUpOutlined />}
              aria-label={t('seg.up')}
              title={t('seg.up')}
              disabled={place === 1}
              onClick={() => onMove(-1)}
            />
            <Button
              size="small"
              icon={<ArrowDownOutlined />}
              aria-label={t('seg.down')}
              title={t('seg.down')}
              disabled={place === count}
              onClick={() => onMove(1)}
            />
            <Button
              size="small"
              icon={<CopyOutlined />}
              aria-label={t('seg.copy')}
              title={t('seg.copy')}
              onClick={onCopy}
            />
            <Button
              size="small"
              danger
              icon={<DeleteOutlined />}
              aria-label={t('seg.remove')}
              title={t('seg.remove')}
              disabled={count === 1}
              onClick={onRemove}
            />
          </span>
        )
      }
    >
      <div className="stack">
        <RuleEditor
          rule={segment.rule}
          criteria={criteria}
          locked={locked}
          onChange={(rule, about) => onChange({ rule }, `rule ${about}`)}
        />
        {row ? <p className="rule small">{say(row.rule)}</p> : null}
        {warnings.map(warning => (
          <Callout key={`${warning.kind} ${warning.feature}`} tone="warn">
            {say(warning.text)}
          </Callout>
        ))}
        <div className="fields">
          <Field label={t('seg.name-zh')}>{both('name', 'zh')}</Field>
          <Field label={t('seg.name-en')}>{both('name', 'en')}</Field>
          <Field label={t('seg.strategy-zh')}>{both('strategy', 'zh')}</Field>
          <Field label={t('seg.strategy-en')}>{both('strategy', 'en')}</Field>
        </div>
        <div>
          <div className="label small">{t('seg.service')}</div>
          <div className="row wrap-row service-line">
            <InputNumber
              size="small"
              min={0}
              max={1000}
              disabled={locked}
              aria-label={t('seg.calls')}
              value={service.calls}
              suffix={t('seg.calls')}
              onChange={value => serve({ calls: value ?? 0 }, 'calls')}
            />
            <InputNumber
              size="small"
              min={0.1}
              max={480}
              disabled={locked}
              aria-label={t('seg.minutes')}
              value={service.minutes}
              suffix={t('seg.minutes')}
              onChange={value => serve({ minutes: value || 3 }, 'minutes')}
            />
            <InputNumber
              size="small"
              min={0}
              max={1000}
              disabled={locked}
              aria-label={t('seg.offers')}
              value={service.offers}
              suffix={t('seg.offers')}
              onChange={value => serve({ offers: value ?? 0 }, 'offers')}
            />
            <Select
              size="small"
              disabled={locked}
              aria-label={t('seg.per')}
              value={service.per}
              options={(['month', 'quarter', 'year'] as const).map(value => ({ value, label: t(`seg-per.${value}`) }))}
              onChange={per => serve({ per }, 'per')}
            />
          </div>
        </div>
      </div>
    </Panel>
  )
}
