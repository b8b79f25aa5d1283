import type { MappingOptions, SourceMapping } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Field, Input, Select, TextField } from '../../../kit/index.ts'

interface MappingSettingsProps {
  mapping: SourceMapping
  options: MappingOptions
  sheets: readonly string[]
  isNew: boolean
  onChange: (values: Partial<SourceMapping>) => void
  onKind: (kind: SourceMapping['kind']) => void
}

const KINDS: readonly SourceMapping['kind'][] = ['people', 'sales', 'products', 'attributes']
const DELIMITERS = [',', ';', '\t', '|']
const ZONES = Intl.supportedValuesOf('timeZone')
const FILE_KINDS = new Set(['csv', 'jsonl'])

/** What holds for the whole file. */
export function MappingSettings({ mapping, options, sheets, isNew, onChange, onKind }: MappingSettingsProps) {
  const { t, term } = useText()
  const address = mapping.file.includes('://')
  const choices = (values: readonly string[], words: (value: string) => string = value => value) =>
    values.map(value => ({ value, label: words(value) }))
  /** '' stands for "as detected": the setting is left out. */
  const optional = (name: 'encoding' | 'delimiter' | 'sheet' | 'cursor', value: string) => {
    const { [name]: _, ...rest } = mapping
    onChange(value === '' ? { ...rest, [name]: undefined } : { [name]: value })
  }
  return (
    <div className="fields map-fields">
      <TextField
        label={t('map.source')}
        value={mapping.source}
        disabled={!isNew}
        placeholder={t('map.source-hint')}
        status={/^[a-z0-9][a-z0-9-]{0,40}$/.test(mapping.source) ? '' : 'error'}
        onChange={value => onChange({ source: value })}
      />
      {address ? null : (
        <Field label={t('map.file')}>
          {id => <Input id={id} value={mapping.file} onChange={event => onChange({ file: event.target.value })} />}
        </Field>
      )}
      <Field label={t('map.kind')}>
        {id => (
          <Select
            id={id}
            value={mapping.kind}
            onChange={onKind}
            options={KINDS.map(value => ({ value, label: term('src-kind', value) }))}
          />
        )}
      </Field>
      <Field label={t('map.trust')}>
        {id => (
          <>
            <Input
              id={id}
              type="number"
              min={0}
              max={1}
              step={0.05}
              value={mapping.trust}
              onChange={event => {
                const trust = Number(event.target.value)
                if (trust >= 0 && trust <= 1) onChange({ trust })
              }}
            />
            <span className="small muted">{t('map.trust-note')}</span>
          </>
        )}
      </Field>
      <Field label={t('map.dates')}>
        {id => (
          <Select
            id={id}
            value={mapping.dateOrder}
            onChange={dateOrder => onChange({ dateOrder })}
            options={[
              { value: 'dmy', label: t('map.dmy') },
              { value: 'mdy', label: t('map.mdy') },
            ]}
          />
        )}
      </Field>
      <TextField
        label={t('map.country')}
        value={mapping.country}
        maxLength={2}
        onChange={value => onChange({ country: value.toUpperCase() })}
      />
      <Field label={t('map.zone')}>
        {id => (
          <Select
            id={id}
            showSearch
            value={mapping.timeZone}
            onChange={timeZone => onChange({ timeZone })}
            options={choices(['UTC', ...ZONES])}
          />
        )}
      </Field>
      {mapping.kind === 'sales' || mapping.kind === 'products' ? (
        <TextField
          label={t('map.currency')}
          value={mapping.currency}
          maxLength={3}
          onChange={value => onChange({ currency: value.toUpperCase() })}
        />
      ) : null}
      {FILE_KINDS.has(mapping.importer) ? (
        <Field label={t('map.encoding')}>
          {id => (
            <Select
              id={id}
              value={mapping.encoding ?? ''}
              onChange={value => optional('encoding', value)}
              options={[{ value: '', label: t('map.detected') }, ...choices(options.encodings)]}
            />
          )}
        </Field>
      ) : null}
      {mapping.importer === 'csv' ? (
        <Field label={t('map.delimiter')}>
          {id => (
            <Select
              id={id}
              value={mapping.delimiter ?? ''}
              onChange={value => optional('delimiter', value)}
              options={[
                { value: '', label: t('map.detected') },
                ...choices(DELIMITERS, value => (value === '\t' ? t('map.tab') : value)),
              ]}
            />
          )}
        </Field>
      ) : null}
      {sheets.length > 0 ? (
        <Field label={t('map.sheet')}>
          {id => (
            <Select
              id={id}
              value={mapping.sheet ?? sheets[0] ?? ''}
              onChange={value => optional('sheet', value)}
              options={choices(sheets)}
            />
          )}
        </Field>
      ) : null}
      {mapping.kind === 'people' ? (
        <Field label={t('map.key')}>
          {id => (
            <Select
              id={id}
              value={mapping.rowKey}
              onChange={rowKey => onChange({ rowKey })}
              options={[
                { value: 'column', label: t('map.key-column') },
                { value: 'account', label: t('map.key-account') },
                { value: 'content', label: t('map.key-content') },
              ]}
            />
          )}
        </Field>
      ) : null}
      {address ? (
        <Field label={t('map.cursor')}>
          {id => (
            <Select
              id={id}
              value={mapping.cursor ?? ''}
              onChange={value => optional('cursor', value)}
              options={[
                { value: '', label: t('map.cursor-none') },
                ...choices(mapping.columns.map(column => column.header)),
              ]}
            />
          )}
        </Field>
      ) : null}
    </div>
  )
}
