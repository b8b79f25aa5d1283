import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { QualityRow, RepairDone, RepairPreview, RepairPropose } from '../../../api/types.ts'
import { uuid } from '../../../api/uuid.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Button, Callout, Field, Input, Select, TextAreaField, useProblem, useToast } from '../../../kit/index.ts'
import { ChangesTable } from './changes-table.tsx'
import { columnOf, fixOf } from './fix-of.ts'

interface RepairFormProps {
  rule: QualityRow
  onDone: () => void
  onBack: () => void
}

/** Choose how, look at what would change, then do it: at once for a few rows, by somebody else's approval for many. */
export function RepairForm({ rule, onDone, onBack }: RepairFormProps) {
  const { t, term, number } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [draft, setDraft] = useState({ kind: rule.fixes[0] ?? '', field: columnOf(rule.field), value: '', map: '' })
  const [note, setNote] = useState('')
  const [requestId] = useState(uuid)
  const fix = fixOf(draft)
  const target = { rule: rule.rule, source: rule.source }
  const preview = useMutation({
    mutationFn: (of: RepairPropose['fix']) => send<RepairPreview>('POST', '/repairs/preview', { fix: of, target }),
  })
  const change = (part: Partial<typeof draft>): void => {
    preview.reset()
    setDraft({ ...draft, ...part })
  }
  const repair = useMutation({
    mutationFn: (of: RepairPropose['fix']) =>
      send<RepairDone>('POST', '/repairs', { requestId, fix: of, target, note } satisfies RepairPropose),
    onSuccess: async done => {
      const { state, rows } = done.repair
      toast.done(state === 'proposed' ? t('repair.proposed') : t('repair.done', { rows: number(rows) }))
      await client.invalidateQueries({
        predicate: query => /^\/(quality|repairs|customers)/.test(String(query.queryKey[0])),
      })
      onDone()
    },
  })
  const found = preview.data
  return (
    <div className="stack drawer-lead">
      {preview.error ? <Callout tone="bad">{problem(preview.error)}</Callout> : null}
      {repair.error ? <Callout tone="bad">{problem(repair.error)}</Callout> : null}
      <Field label={t('repair.how')}>
        {id => (
          <Select
            id={id}
            value={draft.kind}
            onChange={kind => change({ kind })}
            options={rule.fixes.map(kind => ({ value: kind, label: term('fix', kind) }))}
          />
        )}
      </Field>
      {draft.kind === 'set' ? (
        <Field label={t('repair.value')}>
          {id => <Input id={id} value={draft.value} onChange={event => change({ value: event.target.value })} />}
        </Field>
      ) : null}
      {draft.kind === 'map-values' ? (
        <TextAreaField
          label={t('repair.map')}
          rows={5}
          value={draft.map}
          placeholder={t('repair.map-hint')}
          onChange={value => change({ map: value })}
        />
      ) : null}
      <div className="row">
        <Button onClick={onBack}>{t('portal.back')}</Button>
        <Button
          type={found ? 'default' : 'primary'}
          disabled={!fix}
          loading={preview.isPending}
          onClick={() => fix && preview.mutate(fix)}
        >
          {t('repair.preview')}
        </Button>
      </div>
      {found ? (
        <>
          <Callout tone={found.changed === 0 ? 'warn' : 'info'}>
            {t('repair.would', { changed: number(found.changed), rows: number(found.rows) })}
          </Callout>
          <ChangesTable rows={found.sample} />
          {found.changed > 0 ? (
            <>
              {found.needsApproval ? (
                <Callout tone="warn">{t('repair.approval', { threshold: number(found.threshold) })}</Callout>
              ) : null}
              <Field label={t('repair.note')}>
                {id => <Input id={id} value={note} onChange={event => setNote(event.target.value)} />}
              </Field>
              <div className="row end">
                <Button type="primary" loading={repair.isPending} onClick={() => fix && repair.mutate(fix)}>
                  {found.needsApproval ? t('repair.propose') : t('repair.do', { rows: number(found.changed) })}
                </Button>
              </div>
            </>
          ) : null}
        </>
      ) : null}
    </div>
  )
}
