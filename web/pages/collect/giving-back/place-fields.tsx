import { useText } from '../../../i18n/use-text.ts'
import { Callout, Checkbox, Field, Input, Select, TextField } from '../../../kit/index.ts'
import type { Place } from './types.ts'

const KINDS = ['webhook', 'feed', 'file', 'postgres', 'mysql', 'clickhouse'] as const
const PORTS = { postgres: 5432, mysql: 3306, clickhouse: 8123 } as const

export function placeFor(kind: Place['kind']): Place {
  if (kind === 'webhook') return { kind, url: 'https://', batch: 500 }
  if (kind === 'feed') return { kind }
  if (kind === 'file') return { kind, format: 'csv', content: 'full', folder: 'customers' }
  return { kind, host: '', port: PORTS[kind], user: '', database: '', table: 'customers', tls: true, batch: 2000 }
}

interface PlaceFieldsProps {
  place: Place
  name: string
  secret: string
  hasSecret: boolean
  onPlace: (place: Place) => void
  onSecret: (secret: string) => void
}

export function PlaceFields({ place, name, secret, hasSecret, onPlace, onSecret }: PlaceFieldsProps) {
  const { t } = useText()
  const text = (label: string, value: string, change: (value: string) => Place) => (
    <Field label={label}>
      {id => <Input id={id} value={value} onChange={event => onPlace(change(event.target.value))} />}
    </Field>
  )
  const whole = (label: string, value: number, change: (value: number) => Place) => (
    <TextField
      label={label}
      inputMode="numeric"
      value={value}
      onChange={value => onPlace(change(Number(value.replace(/\D/g, '').slice(0, 6))))}
    />
  )
  return (
    <>
      <Field label={t('gb.place')}>
        {id => (
          <Select
            id={id}
            value={place.kind}
            options={KINDS.map(kind => ({ value: kind, label: t(`gb.kind.${kind}`) }))}
            onChange={kind => onPlace(placeFor(kind))}
          />
        )}
      </Field>
      {place.kind === 'webhook' ? (
        <>
          {text(t('gb.url'), place.url, url => ({ ...place, url }))}
          {whole(t('gb.batch'), place.batch, batch => ({ ...place, batch }))}
        </>
      ) : null}
      {place.kind === 'feed' ? <Callout>{t('gb.feed-hint', { name: encodeURIComponent(name) })}</Callout> : null}
      {place.kind === 'file' ? (
        <>
          <Field label={t('gb.format')}>
            {id => (
              <Select
                id={id}
                value={place.format}
                options={[
                  { value: 'csv' as const, label: 'CSV' },
                  { value: 'parquet' as const, label: 'Parquet' },
                ]}
                onChange={format => onPlace({ ...place, format })}
              />
            )}
          </Field>
          <Field label={t('gb.content')}>
            {id => (
              <Select
                id={id}
                value={place.content}
                options={(['full', 'changes'] as const).map(value => ({ value, label: t(`gb.content.${value}`) }))}
                onChange={content => onPlace({ ...place, content })}
              />
            )}
          </Field>
          {text(t('gb.folder'), place.folder, folder => ({ ...place, folder }))}
          <span className="soft">{t('gb.folder-hint')}</span>
        </>
      ) : null}
      {'host' in place ? (
        <>
          {text(t('gb.host'), place.host, host => ({ ...place, host }))}
          {whole(t('gb.port'), place.port, port => ({ ...place, port }))}
          {text(t('gb.database'), place.database, database => ({ ...place, database }))}
          {text(t('gb.user'), place.user, user => ({ ...place, user }))}
          <TextField
            label={t('gb.password')}
            type="password"
            autoComplete="off"
            placeholder={hasSecret ? t('gb.password-kept') : ''}
            value={secret}
            onChange={onSecret}
          />
          {text(t('gb.table'), place.table, table => ({ ...place, table }))}
          <span className="soft">{t('gb.table-hint')}</span>
          <Checkbox checked={place.tls} onChange={event => onPlace({ ...place, tls: event.target.checked })}>
            {t('gb.tls')}
          </Checkbox>
        </>
      ) : null}
    </>
  )
}
