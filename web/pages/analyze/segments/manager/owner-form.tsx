import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../../api/client.ts'
import { useGet } from '../../../../api/queries.ts'
import type { Management, Owners } from '../../../../api/segments.ts'
import { useText } from '../../../../i18n/use-text.ts'
import {
  Callout,
  Field,
  InputNumber,
  Modal,
  Select,
  TextAreaField,
  useProblem,
  useToast,
} from '../../../../kit/index.ts'

/** Who answers for the segment, and what it is to bring in a year. */
export function OwnerForm({ data, onClose }: { data: Management; onClose: () => void }) {
  const { t } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const owners = useGet<Owners>('/segments/owners')
  const [draft, setDraft] = useState({ owner: data.owner?.userId ?? null, targets: data.targets, note: data.note })
  const save = useMutation({
    mutationFn: () => send('PUT', `/segments/${data.segment.code}/management`, draft),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: [`/segments/${data.segment.code}/management`] })
      toast.done(t('seg.saved'))
      onClose()
    },
  })
  const amount = (key: keyof Management['targets'], label: string) => (
    <Field label={label}>
      {id => {
        const minor = draft.targets[key]
        return (
          <InputNumber
            id={id}
            min={0}
            suffix={data.currency}
            placeholder={t('manager.none-agreed')}
            value={minor === null ? null : minor / 100}
            onChange={value =>
              setDraft({
                ...draft,
                targets: { ...draft.targets, [key]: value === null ? null : Math.round(value * 100) },
              })
            }
          />
        )
      }}
    </Field>
  )
  return (
    <Modal
      open
      title={t('manager.edit')}
      okText={t('seg.save')}
      onCancel={onClose}
      onOk={() => save.mutate()}
      confirmLoading={save.isPending}
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <Field label={t('manager.who')}>
          {id => (
            <Select
              id={id}
              allowClear
              placeholder={t('manager.nobody')}
              value={draft.owner}
              onChange={owner => setDraft({ ...draft, owner: owner ?? null })}
              options={(owners.data?.rows ?? []).map(({ userId, name }) => ({ value: userId, label: name }))}
            />
          )}
        </Field>
        <div className="fields">
          {amount('revenueMinor', t('manager.revenue-year'))}
          {amount('marginMinor', t('manager.margin-year'))}
          {amount('contactCostMinor', t('manager.cost-year'))}
        </div>
        <TextAreaField
          label={t('manager.note')}
          rows={2}
          maxLength={2000}
          value={draft.note}
          onChange={value => setDraft({ ...draft, note: value })}
        />
      </div>
    </Modal>
  )
}
