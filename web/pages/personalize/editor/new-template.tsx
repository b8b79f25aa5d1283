import { useState } from 'react'
import { useNavigate } from 'react-router'
import { get, send } from '../../../api/client.ts'
import type { DraftDetail } from '../../../api/content.ts'
import { queryClient } from '../../../api/queries.ts'
import type { TemplateList } from '../../../api/types.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Checkbox, Field, Input, Modal, Select, useProblem, useToast } from '../../../kit/index.ts'
import type { Design, TemplateDraftSource } from './model.ts'

interface NewTemplateProps {
  live: TemplateList['rows']
  /** Blocks to begin with; null: those of the template it is like, or none. */
  design: Design | null
  onClose: () => void
}

const ID = /^[a-z][a-z0-9-]{0,39}$/

/** A name, what it is like (its data and its channel), and whether its blocks come along. */
export function NewTemplate({ live, design, onClose }: NewTemplateProps) {
  const { t, say, term } = useText()
  const navigate = useNavigate()
  const toast = useToast()
  const problem = useProblem()
  const [form, setForm] = useState({
    id: '',
    zh: '',
    en: '',
    from: (live.find(({ id }) => id === 'letter') ?? live[0])?.id ?? '',
    empty: false,
  })
  const [busy, setBusy] = useState(false)
  const like = live.find(({ id }) => id === form.from)
  const put = (part: Partial<typeof form>) => setForm(before => ({ ...before, ...part }))
  const good = ID.test(form.id) && form.zh.trim() !== '' && form.en.trim() !== '' && like !== undefined
  const go = async () => {
    if (!like) return
    setBusy(true)
    try {
      const title = { zh: form.zh.trim(), en: form.en.trim() }
      const { id: draft } = await send<{ id: number }>('POST', '/templates', {
        id: form.id,
        from: form.from,
        title,
        kind: like.kind,
        empty: form.empty || design !== null,
      })
      if (design) await withDesign(draft, design)
      await queryClient.invalidateQueries({
        predicate: query => /^\/(templates|content)/.test(String(query.queryKey[0])),
      })
      void navigate(`/templates/${form.id}?draft=${draft}`)
    } catch (error) {
      toast.failed(problem(error))
    } finally {
      setBusy(false)
    }
  }
  return (
    <Modal
      open
      title={t('content.new-template')}
      okText={t('content.create')}
      cancelText={t('action.close')}
      okButtonProps={{ disabled: !good }}
      confirmLoading={busy}
      onCancel={onClose}
      onOk={() => void go()}
    >
      <div className="stack tight">
        <Field label={t('settings.title-zh')}>
          {id => <Input id={id} value={form.zh} onChange={event => put({ zh: event.target.value })} />}
        </Field>
        <Field label={t('settings.title-en')}>
          {id => (
            <Input
              id={id}
              value={form.en}
              onChange={event => {
                const en = event.target.value
                const slug = (text: string) =>
                  text
                    .toLowerCase()
                    .replace(/[^a-z0-9]+/g, '-')
                    .replace(/^[^a-z]+|-+$/g, '')
                    .slice(0, 40)
                put({ en, ...(form.id === slug(form.en) ? { id: slug(en) } : {}) })
              }}
            />
          )}
        </Field>
        <Field label={t('content.id')}>
          {id => (
            <Input
              id={id}
              value={form.id}
              status={form.id === '' || ID.test(form.id) ? '' : 'error'}
              onChange={event => put({ id: event.target.value })}
            />
          )}
        </Field>
        <p className="small muted">{t('content.id-hint')}</p>
        <Field label={t('content.like')}>
          {id => (
            <Select
              id={id}
              value={form.from}
              options={live.map(one => ({
                value: one.id,
                label: `${say(one.name)} · ${term('channel', one.channel)}`,
              }))}
              onChange={from => put({ from })}
            />
          )}
        </Field>
        <p className="small muted">{t('content.like-hint')}</p>
        {design ? null : (
          <Checkbox checked={form.empty} onChange={({ target }) => put({ empty: target.checked })}>
            {t('content.empty')}
          </Checkbox>
        )}
      </div>
    </Modal>
  )
}

/** What was read from a letter takes the place of the empty blocks. */
async function withDesign(draft: number, design: Design): Promise<void> {
  const made = await get<DraftDetail>(`/content/drafts/${draft}`)
  const source = made.source as TemplateDraftSource
  const before = source.design
  const next: TemplateDraftSource = {
    ...source,
    manifest: { ...source.manifest, languages: design.languages },
    design: {
      ...design,
      title: Object.keys(design.title).length > 0 ? design.title : (before?.title ?? {}),
      ...(before?.mail ? { mail: before.mail } : {}),
      ...(before?.call ? { call: before.call } : {}),
    },
    files: {},
  }
  await send('PUT', `/content/drafts/${draft}`, { revision: made.revision, note: '', source: next })
}
