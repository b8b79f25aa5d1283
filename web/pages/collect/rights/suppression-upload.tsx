import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ask } from '../../../api/client.ts'
import type { SuppressionView, Uploaded } from '../../../api/rights.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Checkbox,
  Drawer,
  Field,
  Segmented,
  Select,
  TextAreaField,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

const kinds = ['phone', 'email', 'id', 'account', 'address', 'customer', 'phone-digits', 'phone-national'] as const

/** A file, or a few values typed; put on the list or taken off. */
export function SuppressionUpload({ list, onClose }: { list: SuppressionView['rows'][number]; onClose: () => void }) {
  const { t, term, say, number } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [draft, setDraft] = useState({
    text: '',
    file: '',
    kind: 'phone',
    hashed: false,
    removes: 'no',
    until: '',
    why: '',
  })
  const lines = draft.text === '' ? 0 : draft.text.split('\n').filter(line => line.trim() !== '').length
  const save = useMutation({
    mutationFn: async () => {
      const query = {
        kind: draft.kind,
        hashed: draft.hashed,
        removes: draft.removes === 'yes',
        until: draft.until,
        why: draft.why,
        file: draft.file,
      }
      const answer = await ask(`/suppression/${list.code}/entries`, {
        method: 'POST',
        query,
        body: { text: draft.text },
      })
      return (await answer.json()) as Uploaded
    },
    onSuccess: async ({ entries, refused }) => {
      toast.done(t('rights.uploaded', { entries: number(entries), refused: number(refused) }))
      await client.invalidateQueries({ queryKey: ['/suppression'] })
      onClose()
    },
  })
  return (
    <Drawer
      open
      onClose={onClose}
      size={520}
      title={say(list.name)}
      footer={
        <div className="row end">
          <span className="small muted grow">{t('rights.at-once')}</span>
          <Button onClick={onClose}>{t('action.close')}</Button>
          <Button
            type="primary"
            danger={draft.removes === 'yes'}
            disabled={lines === 0}
            loading={save.isPending}
            onClick={() => save.mutate()}
          >
            {draft.removes === 'yes' ? t('rights.take-off', { count: lines }) : t('rights.put-on-n', { count: lines })}
          </Button>
        </div>
      }
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <Segmented
          value={draft.removes}
          options={[
            { value: 'no', label: t('rights.put-on') },
            { value: 'yes', label: t('rights.taken-off') },
          ]}
          onChange={removes => setDraft({ ...draft, removes })}
        />
        <Field label={t('rights.file')}>
          {id => (
            <input
              id={id}
              type="file"
              accept=".csv,.txt,text/plain,text/csv"
              onChange={async event => {
                const file = event.target.files?.[0]
                if (file) setDraft({ ...draft, text: await file.text(), file: file.name })
              }}
            />
          )}
        </Field>
        <TextAreaField
          label={t('rights.or-typed')}
          rows={5}
          value={lines > 200 ? '' : draft.text}
          placeholder={lines > 200 ? t('rights.lines', { count: lines }) : ''}
          onChange={value => setDraft({ ...draft, text: value, file: '' })}
        />
        <div className="fields">
          <Field label={t('rights.kind-of-value')}>
            {id => (
              <Select
                id={id}
                value={draft.kind}
                options={kinds.map(value => ({ value, label: term('key-kind', value) }))}
                onChange={kind => setDraft({ ...draft, kind })}
              />
            )}
          </Field>
          <TextField
            label={t('rights.until')}
            type="date"
            value={draft.until}
            onChange={value => setDraft({ ...draft, until: value })}
          />
          <TextField
            label={t('rights.reason')}
            maxLength={200}
            value={draft.why}
            onChange={value => setDraft({ ...draft, why: value })}
          />
        </div>
        <Checkbox checked={draft.hashed} onChange={event => setDraft({ ...draft, hashed: event.target.checked })}>
          {t('rights.hashed')}
        </Checkbox>
      </div>
    </Drawer>
  )
}
