import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { KeptRule, RuleSave, SourceList, TrialResult } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Checkbox,
  Drawer,
  Field,
  Input,
  Modal,
  modKey,
  Segmented,
  Select,
  TextField,
  useHotkeys,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { CheckForm } from './check-form.tsx'
import { fieldName } from './field-name.ts'
import { CHECK_KINDS, type CheckKind, freshCheck, missing, newRule, type Rule, ruleOf } from './rule-draft.ts'
import { RuleVersionList } from './rule-versions.tsx'
import { TrialFigures } from './trial-figures.tsx'

interface RuleEditorProps {
  /** null: a new one. */
  rule: KeptRule | null
  fields: readonly string[]
  onClose: () => void
}

/** A rule as a form: changed, tried on today's records, then kept as its next version. */
export function RuleEditor({ rule, fields, onClose }: RuleEditorProps) {
  const speech = useText()
  const { t, term } = speech
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const sources = useGet<SourceList>('/sources')
  const [draft, setDraft] = useState<Rule>(() => (rule ? ruleOf(rule) : newRule()))
  const [removing, setRemoving] = useState(false)
  const raw = draft.field.startsWith('raw:')
  const trial = useMutation({
    mutationFn: (of: Rule) => send<TrialResult>('POST', '/quality/rules/trial', { rule: of }),
  })
  const change = (part: Partial<Rule>): void => {
    trial.reset()
    setDraft({ ...draft, ...part })
  }
  const changed = async (): Promise<void> => {
    await client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/quality') })
    onClose()
  }
  const save = useMutation({
    mutationFn: (of: Rule) =>
      send<{ version: number; changed: boolean }>('POST', '/quality/rules', {
        rule: of,
        version: rule?.version ?? 0,
      } satisfies RuleSave),
    onSuccess: async kept => {
      toast.done(kept.changed ? t('rules.saved', { version: kept.version }) : t('rules.same'))
      await changed()
    },
  })
  const remove = useMutation({
    mutationFn: () => send<null>('DELETE', `/quality/rules/${draft.id}`),
    onSuccess: async () => {
      toast.done(t('rules.removed'))
      await changed()
    },
  })
  const ready = missing(draft) === ''
  const submit = (): void => {
    if (ready && !save.isPending) save.mutate(draft)
  }
  useHotkeys({ 'mod+Enter': submit })
  const when = draft.when ?? {}
  return (
    <Drawer
      open
      onClose={onClose}
      size={600}
      title={rule ? t('rules.edit') : t('rules.new')}
      footer={
        <div className="row end">
          {rule ? (
            <Button danger onClick={() => setRemoving(true)}>
              {t('rules.remove')}
            </Button>
          ) : null}
          <span className="grow" />
          <Button disabled={!ready} loading={trial.isPending} onClick={() => trial.mutate(draft)}>
            {t('rules.try')}
          </Button>
          <Button type="primary" disabled={!ready} loading={save.isPending} onClick={submit}>
            {t('rules.save')} <kbd className="in-button">{modKey} ↵</kbd>
          </Button>
        </div>
      }
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        {trial.error ? <Callout tone="bad">{problem(trial.error)}</Callout> : null}
        {trial.data ? <TrialFigures result={trial.data} /> : <p className="soft">{t('rules.try-first')}</p>}
        <div className="fields">
          <Field label={t('rules.id')}>
            {id => (
              <Input
                id={id}
                className="mono"
                value={draft.id}
                disabled={rule !== null}
                onChange={event => change({ id: event.target.value })}
              />
            )}
          </Field>
          <Field label={t('rules.field')}>
            {id => (
              <Select
                id={id}
                showSearch
                optionFilterProp="label"
                value={raw ? 'raw:' : draft.field}
                onChange={field => change({ field })}
                options={[
                  ...fields.map(field => ({ value: field, label: term('field', field) })),
                  { value: 'raw:', label: t('rules.raw') },
                ]}
              />
            )}
          </Field>
          {raw ? (
            <TextField
              label={t('rules.raw-hint')}
              value={fieldName(speech, draft.field)}
              onChange={value => change({ field: `raw:${value}` })}
            />
          ) : null}
          <Field label={t('rules.check')}>
            {id => (
              <Select
                id={id}
                value={draft.check.kind}
                onChange={(kind: CheckKind) => change({ check: freshCheck(kind) })}
                options={CHECK_KINDS.map(kind => ({ value: kind, label: term('check', kind) }))}
              />
            )}
          </Field>
        </div>
        <CheckForm check={draft.check} fields={fields} onChange={check => change({ check })} />
        <div className="fields">
          <TextField
            label={t('rules.message-en')}
            value={draft.message.en}
            onChange={value => change({ message: { ...draft.message, en: value } })}
          />
          <TextField
            label={t('rules.message-zh')}
            value={draft.message.zh}
            onChange={value => change({ message: { ...draft.message, zh: value } })}
          />
          <TextField
            label={t('rules.owner')}
            value={draft.owner ?? ''}
            placeholder={t('rules.owner-hint')}
            onChange={value => change({ owner: value })}
          />
        </div>
        <div className="row">
          <Segmented
            aria-label={t('rules.severity')}
            value={draft.severity}
            onChange={severity => change({ severity })}
            options={(['error', 'warning', 'info'] as const).map(value => ({ value, label: term('severity', value) }))}
          />
          <Checkbox checked={draft.enabled ?? true} onChange={event => change({ enabled: event.target.checked })}>
            {t('rules.enabled')}
          </Checkbox>
        </div>
        <div className="strong">{t('rules.when')}</div>
        <div className="fields">
          <Field label={t('rules.when-kind')}>
            {id => (
              <Select
                id={id}
                value={when.kind ?? ''}
                onChange={(kind: '' | 'person' | 'organisation') =>
                  change({ when: { ...when, kind: kind === '' ? undefined : kind } })
                }
                options={[
                  { value: '', label: t('rules.any-kind') },
                  { value: 'person', label: term('kind', 'person') },
                  { value: 'organisation', label: term('kind', 'organisation') },
                ]}
              />
            )}
          </Field>
          <Field label={t('rules.when-filled')}>
            {id => (
              <Select
                id={id}
                allowClear
                showSearch
                optionFilterProp="label"
                value={when.filled ?? null}
                onChange={filled => change({ when: { ...when, filled: filled ?? undefined } })}
                options={fields.map(field => ({ value: field, label: term('field', field) }))}
              />
            )}
          </Field>
          <Field label={t('rules.when-sources')}>
            {id => (
              <Select
                id={id}
                mode="multiple"
                allowClear
                placeholder={t('rules.all-sources')}
                value={when.sources ?? []}
                onChange={(list: string[]) =>
                  change({ when: { ...when, sources: list.length > 0 ? list : undefined } })
                }
                options={(sources.data?.rows ?? [])
                  .filter(row => row.kind === 'people')
                  .map(row => ({ value: row.source, label: term('source', row.source) }))}
              />
            )}
          </Field>
        </div>
        {rule ? <RuleVersionList id={rule.id} onUse={use => change(use)} /> : null}
      </div>
      <Modal
        open={removing}
        title={t('rules.remove')}
        okText={t('rules.remove')}
        okButtonProps={{ danger: true, loading: remove.isPending }}
        onOk={() => remove.mutate()}
        onCancel={() => setRemoving(false)}
      >
        <div className="stack">
          <p>{t('rules.remove-ask')}</p>
          {remove.error ? <Callout tone="bad">{problem(remove.error)}</Callout> : null}
        </div>
      </Modal>
    </Drawer>
  )
}
