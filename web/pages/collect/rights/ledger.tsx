import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { get, send } from '../../../api/client.ts'
import { useGet } from '../../../api/queries.ts'
import type { PurposeList, Verified, WordingList } from '../../../api/rights.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Callout,
  Chip,
  type Column,
  DataTable,
  Field,
  Modal,
  Panel,
  Select,
  TextAreaField,
  TextField,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

type Wording = WordingList['rows'][number]

/** The words people agree to, the purposes, and whether the ledger is as it was written. */
export function Ledger() {
  const { t, say, day } = useText()
  const [adding, setAdding] = useState(false)
  const wordings = useGet<WordingList>('/consent/wordings')
  const purposes = useGet<PurposeList>('/consent/purposes')
  const columns: Column<Wording>[] = [
    {
      id: 'code',
      title: t('rights.wording'),
      cell: row => (
        <span className="strong">
          {row.code} v{row.version}
        </span>
      ),
      by: row => `${row.code} ${row.version}`,
    },
    { id: 'text', title: t('rights.text'), cell: row => say(row.text) },
    {
      id: 'valid',
      title: t('rights.in-use'),
      cell: row => (
        <span className="small">
          {day(row.validFrom)} – {row.validTo ? day(row.validTo) : <Chip tone="good">{t('rights.today')}</Chip>}
        </span>
      ),
    },
  ]
  return (
    <div className="stack">
      <Verification />
      <Panel
        title={t('rights.wordings')}
        note={t('rights.wordings-note')}
        flush
        extra={<Button onClick={() => setAdding(true)}>{t('rights.wording-add')}</Button>}
      >
        <Async query={wordings} lines={4}>
          {({ rows }) => <DataTable columns={columns} rows={rows} rowId={row => `${row.code} ${row.version}`} />}
        </Async>
      </Panel>
      <Panel title={t('rights.purposes')}>
        <Async query={purposes} lines={5}>
          {({ rows }) => (
            <dl className="pairs">
              {rows.map(row => (
                <div key={row.code} style={{ display: 'contents' }}>
                  <dt>{say(row.name)}</dt>
                  <dd>{say(row.about)}</dd>
                </div>
              ))}
            </dl>
          )}
        </Async>
      </Panel>
      {adding && purposes.data ? <NewWording purposes={purposes.data.rows} onClose={() => setAdding(false)} /> : null}
    </div>
  )
}

function Verification() {
  const { t, number, term } = useText()
  const problem = useProblem()
  const check = useMutation({ mutationFn: () => get<Verified>('/consent/verify') })
  const found = check.data
  return (
    <Panel
      title={t('rights.verify')}
      note={t('rights.verify-note')}
      extra={
        <Button type="primary" loading={check.isPending} onClick={() => check.mutate()}>
          {t('rights.verify-now')}
        </Button>
      }
    >
      {check.error ? <Callout tone="bad">{problem(check.error)}</Callout> : null}
      {found ? (
        <Callout
          tone={found.findings.length === 0 ? 'good' : 'bad'}
          title={
            found.findings.length === 0
              ? t('rights.verified', {
                  statements: number(found.statements),
                  customers: number(found.customers),
                  imports: number(found.imports),
                })
              : t('rights.tampered', { count: found.findings.length })
          }
        >
          <div className="mono small break">{found.root}</div>
          {found.findings.slice(0, 50).map(finding => (
            <div key={`${finding.where} ${finding.id} ${finding.seq}`} className="small">
              {term('finding', finding.where)} {finding.id}
              {finding.seq > 0 ? `/${finding.seq}` : ''}: {term('finding', finding.what)}
            </div>
          ))}
        </Callout>
      ) : (
        <p className="soft">{t('rights.verify-hint')}</p>
      )}
    </Panel>
  )
}

function NewWording({ purposes, onClose }: { purposes: PurposeList['rows']; onClose: () => void }) {
  const { t, say } = useText()
  const problem = useProblem()
  const toast = useToast()
  const client = useQueryClient()
  const [draft, setDraft] = useState({
    code: 'marketing',
    purpose: 'marketing',
    en: '',
    zh: '',
    validFrom: new Date().toISOString().slice(0, 10),
  })
  const save = useMutation({
    mutationFn: () =>
      send<{ version: number }>('POST', '/consent/wordings', {
        code: draft.code,
        purpose: draft.purpose,
        text: { en: draft.en, zh: draft.zh },
        validFrom: draft.validFrom,
      }),
    onSuccess: async ({ version }) => {
      toast.done(`${draft.code} v${version}`)
      await client.invalidateQueries({ queryKey: ['/consent/wordings'] })
      onClose()
    },
  })
  return (
    <Modal
      open
      title={t('rights.wording-add')}
      okText={t('answer.save')}
      okButtonProps={{
        loading: save.isPending,
        disabled: !draft.en.trim() || !draft.zh.trim() || !/^[a-z][a-z0-9-]+$/.test(draft.code),
      }}
      cancelText={t('action.close')}
      onCancel={onClose}
      onOk={() => save.mutate()}
    >
      <div className="stack">
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <p className="soft small">{t('rights.wordings-note')}</p>
        <div className="fields">
          <TextField
            label={t('rights.code')}
            value={draft.code}
            onChange={value => setDraft({ ...draft, code: value.trim() })}
          />
          <Field label={t('rights.purpose')}>
            {id => (
              <Select
                id={id}
                value={draft.purpose}
                options={purposes.map(purpose => ({ value: purpose.code, label: say(purpose.name) }))}
                onChange={purpose => setDraft({ ...draft, purpose })}
              />
            )}
          </Field>
          <TextField
            label={t('rights.valid-from')}
            type="date"
            value={draft.validFrom}
            onChange={value => setDraft({ ...draft, validFrom: value })}
          />
        </div>
        <TextAreaField
          label={t('rights.text-zh')}
          rows={3}
          value={draft.zh}
          onChange={value => setDraft({ ...draft, zh: value })}
        />
        <TextAreaField
          label={t('rights.text-en')}
          rows={3}
          value={draft.en}
          onChange={value => setDraft({ ...draft, en: value })}
        />
      </div>
    </Modal>
  )
}
