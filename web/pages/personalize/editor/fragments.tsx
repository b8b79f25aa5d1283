import { FileAddOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { send } from '../../../api/client.ts'
import type { DraftList, FragmentList } from '../../../api/content.ts'
import { queryClient, useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Blank,
  Button,
  Chip,
  DataTable,
  Field,
  Input,
  Modal,
  Page,
  Panel,
  useProblem,
  useToast,
  useUrlState,
} from '../../../kit/index.ts'

/** Pieces that stand in many templates, with versions of their own. */
export default function FragmentsPage() {
  const { t, say, term, day } = useText()
  const may = useMay()
  const navigate = useNavigate()
  const list = useGet<FragmentList>('/fragments')
  const drafts = useGet<DraftList>('/content/drafts')
  const [words, setWords] = useUrlState('q')
  const [making, setMaking] = useState(false)
  const fresh = (rows: FragmentList['rows']) =>
    (drafts.data?.rows ?? []).filter(
      ({ kind, deleted, state, object }) =>
        kind === 'fragment' &&
        !deleted &&
        state !== 'approved' &&
        state !== 'withdrawn' &&
        !rows.some(({ id }) => id === object),
    )
  return (
    <Page
      title={t('fragments.title')}
      lead={t('fragments.lead')}
      actions={
        may('content.write') ? (
          <Button type="primary" icon={<FileAddOutlined />} onClick={() => setMaking(true)}>
            {t('fragments.new')}
          </Button>
        ) : null
      }
    >
      <Async query={list} lines={6}>
        {({ rows }) => (
          <Panel flush>
            <div className="row wrap list-filters">
              <Input
                allowClear
                value={words}
                placeholder={t('content.search')}
                aria-label={t('content.search')}
                style={{ maxWidth: 260 }}
                onChange={event => setWords(event.target.value)}
              />
              {fresh(rows).map(({ id, object, title }) => (
                <Link key={id} to={`/fragments/${object}?draft=${id}`}>
                  <Chip tone="warn">
                    {say(title)} · {t('content.draft')}
                  </Chip>
                </Link>
              ))}
            </div>
            <DataTable
              rows={rows.filter(row =>
                `${row.id} ${row.title.en} ${row.title.zh} ${row.owner}`
                  .toLowerCase()
                  .includes(words.trim().toLowerCase()),
              )}
              rowId={({ id }) => id}
              onOpen={({ id }) => void navigate(`/fragments/${id}`)}
              empty={<Blank title={t('fragments.none')}>{t('fragments.none-hint')}</Blank>}
              columns={[
                {
                  id: 'name',
                  title: t('content.name'),
                  by: row => say(row.title),
                  cell: row => (
                    <span>
                      <span className="strong">{say(row.title)}</span> <code className="small muted">{row.id}</code>
                    </span>
                  ),
                },
                { id: 'owner', title: t('content.owner'), cell: row => row.owner || '—', by: row => row.owner },
                {
                  id: 'languages',
                  title: t('settings.languages'),
                  cell: row => row.languages.map(one => term('language', one)).join(' · '),
                },
                {
                  id: 'version',
                  title: t('content.live-version'),
                  cell: row => <Chip tone="good">{t('content.version', { version: row.version })}</Chip>,
                  by: row => row.version,
                },
                {
                  id: 'from',
                  title: t('content.from'),
                  cell: row => (row.effectiveFrom === '1970-01-01' ? t('content.from-ever') : day(row.effectiveFrom)),
                },
                {
                  id: 'used',
                  title: t('content.where-used'),
                  cell: row => row.templates.join(', ') || t('content.used-nowhere'),
                },
                {
                  id: 'drafts',
                  title: t('content.drafts'),
                  cell: row => row.drafts,
                  right: true,
                  by: row => row.drafts,
                },
              ]}
            />
          </Panel>
        )}
      </Async>
      {making ? <NewFragment onClose={() => setMaking(false)} /> : null}
    </Page>
  )
}

function NewFragment({ onClose }: { onClose: () => void }) {
  const { t } = useText()
  const navigate = useNavigate()
  const toast = useToast()
  const problem = useProblem()
  const [form, setForm] = useState({ id: '', zh: '', en: '', owner: '' })
  const [busy, setBusy] = useState(false)
  const good = /^[a-z][a-z0-9-]{0,39}$/.test(form.id) && form.zh.trim() !== '' && form.en.trim() !== ''
  const go = async () => {
    setBusy(true)
    try {
      const { id } = await send<{ id: number }>('POST', '/fragments', {
        id: form.id,
        title: { zh: form.zh, en: form.en },
        owner: form.owner,
        languages: ['zh-CN', 'en'],
      })
      await queryClient.invalidateQueries({
        predicate: query => /^\/(fragments|content)/.test(String(query.queryKey[0])),
      })
      void navigate(`/fragments/${form.id}?draft=${id}`)
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  const text = (id: keyof typeof form, label: string) => (
    <Field label={label}>
      {field => (
        <Input id={field} value={form[id]} onChange={event => setForm({ ...form, [id]: event.target.value })} />
      )}
    </Field>
  )
  return (
    <Modal
      open
      title={t('fragments.new')}
      okText={t('content.create')}
      cancelText={t('action.close')}
      okButtonProps={{ disabled: !good }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void go()}
    >
      <div className="stack tight">
        {text('zh', t('settings.title-zh'))}
        {text('en', t('settings.title-en'))}
        {text('id', t('content.id'))}
        <p className="small muted">{t('content.id-hint')}</p>
        {text('owner', t('content.owner'))}
      </div>
    </Modal>
  )
}
