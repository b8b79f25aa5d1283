import type { LedgerValues } from '../../../api/ledger.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Field, Input, Select, TextField } from '../../../kit/index.ts'
import { FILTERS, type Filter, type Filters } from './use-ledger.ts'

const STATES = ['composed', 'held', 'expired'] as const
const HAPPENED = ['sent', 'delivered', 'opened', 'clicked', 'replied', 'bounce', 'complaint', 'unsubscribed'] as const

interface LedgerFiltersProps {
  filters: Filters
  onChange: (change: Partial<Filters>) => void
}

export function LedgerFilters({ filters, onChange }: LedgerFiltersProps) {
  const { t, term } = useText()
  const may = useMay()
  const values = useGet<LedgerValues>('/communications/values')
  const choice = (name: Filter, label: string, options: { value: string; label: string }[]) => (
    <Field label={label}>
      {id => (
        <Select
          id={id}
          value={filters[name]}
          onChange={value => onChange({ [name]: value })}
          options={[{ value: '', label: t('ledger.any') }, ...options]}
          style={{ width: '100%' }}
        />
      )}
    </Field>
  )
  const named = (kind: string, codes: readonly string[] = []) =>
    codes.map(value => ({ value, label: term(kind, value) }))
  const date = (name: 'from' | 'to', label: string) => (
    <Field label={label}>
      {id => (
        <Input id={id} type="date" value={filters[name]} onChange={event => onChange({ [name]: event.target.value })} />
      )}
    </Field>
  )
  return (
    <search className="ledger-filters" aria-label={t('ledger.search')}>
      <TextField
        label={t('ledger.who')}
        allowClear
        placeholder={t('ledger.who-hint')}
        value={filters.who}
        maxLength={100}
        onChange={value => onChange({ who: value })}
      />
      {may('communications.content') ? (
        <TextField
          label={t('ledger.words')}
          allowClear
          placeholder={t('ledger.words-hint')}
          value={filters.words}
          maxLength={200}
          onChange={value => onChange({ words: value })}
        />
      ) : null}
      {date('from', t('ledger.from'))}
      {date('to', t('ledger.to'))}
      {choice('kind', t('comm.kind'), named('comm-kind', values.data?.kinds))}
      {choice('channel', t('ledger.channel'), named('channel', values.data?.channels))}
      {choice('class', t('ledger.class'), named('class', values.data?.classes))}
      {choice('template', t('ledger.template'), named('template', values.data?.templates))}
      {choice('state', t('ledger.state'), named('state', STATES))}
      {choice('happened', t('ledger.happened'), named('timeline', HAPPENED))}
      {FILTERS.some(name => filters[name] !== '') ? (
        <Button className="clear" onClick={() => onChange(Object.fromEntries(FILTERS.map(name => [name, ''])))}>
          {t('ledger.clear')}
        </Button>
      ) : null}
    </search>
  )
}
