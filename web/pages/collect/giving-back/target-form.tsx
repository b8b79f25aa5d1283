import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Checkbox,
  Drawer,
  Field,
  Select,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { Conditions } from './conditions.tsx'
import { PlaceFields, placeFor } from './place-fields.tsx'
import { Sample } from './sample.tsx'
import type { Mart, MartList, Target, TargetDefinition, TargetMade } from './types.ts'
import { useChange } from './use-change.ts'

interface TargetFormProps {
  target: Target | null
  onClose: () => void
  onSecret: (secret: string) => void
}

export function TargetForm(props: TargetFormProps) {
  const { t } = useText()
  const marts = useGet<MartList>('/marts')
  return (
    <Drawer open size="large" title={props.target?.definition.name ?? t('gb.add')} onClose={props.onClose}>
      <Async query={marts} lines={12}>
        {({ rows }) => <Form {...props} marts={rows} />}
      </Async>
    </Drawer>
  )
}

const firstOf = (mart: Mart | undefined): TargetDefinition => ({
  name: '',
  mart: mart?.name ?? '',
  columns: mart?.columns.filter(column => !column.personal).map(column => column.name) ?? [],
  where: [],
  place: placeFor('webhook'),
  when: { kind: 'turn' },
})

function Form({ target, marts, onClose, onSecret }: TargetFormProps & { marts: readonly Mart[] }) {
  const { t, say } = useText()
  const toast = useToast()
  const problem = useProblem()
  const [definition, setDefinition] = useState<TargetDefinition>(target?.definition ?? firstOf(marts[0]))
  const [secret, setSecret] = useState('')
  const [agreed, setAgreed] = useState(target !== null)
  const mart = marts.find(({ name }) => name === definition.mart)
  const put = (change: Partial<TargetDefinition>) => setDefinition(before => ({ ...before, ...change }))
  const given = secret === '' ? {} : { secret }
  const save = useChange<TargetMade>(made => {
    toast.done(t('gb.saved', { name: definition.name }))
    onClose()
    if (made.secret) onSecret(made.secret)
  })
  const tested = useChange<{ answered: string }>()
  const personal = mart?.columns.filter(column => column.personal && definition.columns.includes(column.name)) ?? []
  const onSave = () =>
    target
      ? save.mutate({ method: 'PUT', path: `/targets/${target.targetId}`, body: { definition, ...given } })
      : save.mutate({ method: 'POST', path: '/targets', body: { ...definition, ...given } })
  const onTest = () =>
    tested.mutate({
      method: 'POST',
      path: '/targets/test',
      body: { ...definition, name: definition.name || '-', ...given, ...(target ? { targetId: target.targetId } : {}) },
    })
  const { when } = definition
  const ready = definition.name.trim() !== '' && (personal.length === 0 || agreed)
  return (
    <div className="stack">
      <TextField
        label={t('gb.name')}
        autoFocus
        maxLength={80}
        value={definition.name}
        onChange={value => put({ name: value })}
      />
      <Field label={t('gb.mart')}>
        {id => (
          <Select
            id={id}
            value={definition.mart}
            disabled={target !== null}
            options={marts.map(({ name, title, row }) => ({ value: name, label: `${say(title)} – ${say(row)}` }))}
            onChange={name => {
              const { mart, columns } = firstOf(marts.find(one => one.name === name))
              put({ mart, columns, where: [] })
            }}
          />
        )}
      </Field>
      <Field label={t('gb.columns')}>
        {id => (
          <Select
            id={id}
            mode="multiple"
            value={definition.columns}
            maxTagCount="responsive"
            options={mart?.columns.map(column => ({
              value: column.name,
              disabled: mart.key.includes(column.name),
              label: `${column.name} – ${say(column.text)}${column.personal ? ` (${t('gb.personal-column')})` : ''}`,
            }))}
            onChange={columns => put({ columns: [...new Set([...(mart?.key ?? []), ...columns])] })}
          />
        )}
      </Field>
      {personal.length > 0 ? (
        <Callout tone="warn">
          <div className="stack tight">
            {t('gb.personal-ask', { columns: personal.map(({ name }) => name).join(', ') })}
            <Checkbox checked={agreed} onChange={event => setAgreed(event.target.checked)}>
              {t('gb.personal-yes')}
            </Checkbox>
          </div>
        </Callout>
      ) : null}
      <Conditions
        columns={mart?.columns.map(({ name }) => name) ?? []}
        where={definition.where}
        onChange={where => put({ where })}
      />
      <Sample definition={definition} />
      <PlaceFields
        place={definition.place}
        name={definition.name}
        secret={secret}
        hasSecret={target?.hasSecret ?? false}
        onPlace={place => put({ place })}
        onSecret={setSecret}
      />
      <Field label={t('gb.when')}>
        {id => (
          <Select
            id={id}
            value={when.kind}
            options={(['turn', 'cron', 'manual'] as const).map(kind => ({ value: kind, label: t(`gb.when.${kind}`) }))}
            onChange={kind => put({ when: kind === 'cron' ? { kind, cron: '0 6 * * *' } : { kind } })}
          />
        )}
      </Field>
      {when.kind === 'cron' ? (
        <TextField
          label={t('gb.cron')}
          className="mono"
          value={when.cron}
          onChange={value => put({ when: { kind: 'cron', cron: value } })}
        />
      ) : null}
      {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
      {tested.error ? <Callout tone="bad">{problem(tested.error)}</Callout> : null}
      {tested.data ? <Callout tone="good">{t('gb.tested', { answered: tested.data.answered })}</Callout> : null}
      <div className="row end">
        {definition.place.kind === 'feed' || definition.place.kind === 'file' ? null : (
          <Button loading={tested.isPending} onClick={onTest}>
            {t('gb.test')}
          </Button>
        )}
        <Button type="primary" disabled={!ready} loading={save.isPending} onClick={onSave}>
          {t('gb.save')}
        </Button>
      </div>
    </div>
  )
}
