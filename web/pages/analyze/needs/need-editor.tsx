import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { NeedBody, NeedFeatures, NeedReach, NeedView } from '../../../api/products.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Button,
  Callout,
  Field,
  Input,
  Modal,
  Panel,
  TextField,
  useLater,
  useProblem,
  useToast,
} from '../../../kit/index.ts'
import { gaps, startOf } from './draft-body.ts'
import { ReachPanel } from './reach-panel.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { Servings } from './servings.tsx'
import { Versions } from './versions.tsx'

/** One need: its words, its rule, what serves it, whom it would reach, and its versions. */
export function NeedEditor({ code, view }: { code: string; view: NeedView | undefined }) {
  const { t, say, lang } = useText()
  const may = useMay()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [body, setBody] = useState<NeedBody>(() => startOf(view))
  const [names, setNames] = useState(view?.names ?? {})
  const [asking, setAsking] = useState<'release' | 'withdraw' | null>(null)
  const features = useGet<NeedFeatures>('/needs/features')
  const mayWrite = may('needs.write')
  const missing = gaps(body)
  const complete = missing.length === 0

  const rule = useLater(JSON.stringify({ rule: body.rule, products: body.products }), 250)
  const asked = !missing.includes('needs.gap-rule')
  const reach = useQuery({
    queryKey: ['/needs/reach', code, rule, lang],
    enabled: asked,
    placeholderData: before => before,
    queryFn: () => send<NeedReach>('POST', '/needs/reach', { code, ...JSON.parse(rule) }),
    retry: false,
  })
  const refresh = () => client.invalidateQueries({ predicate: query => String(query.queryKey[0]).startsWith('/needs') })
  const save = useMutation({
    mutationFn: () => send('PUT', `/needs/${code}/draft`, body),
    onSuccess: () => toast.done(t('needs.saved')),
    onError: error => toast.failed(problem(error)),
    onSettled: refresh,
  })
  const act = useMutation({
    mutationFn: async (verb: 'release' | 'withdraw') => {
      if (verb === 'release') await send('PUT', `/needs/${code}/draft`, body)
      return send('POST', `/needs/${code}/${verb}`, {})
    },
    onSuccess: (_, verb) => {
      setAsking(null)
      toast.done(t(verb === 'release' ? 'needs.released' : 'needs.withdrawn'))
    },
    onError: error => toast.failed(problem(error)),
    onSettled: refresh,
  })
  const change = (part: Partial<NeedBody>) => setBody(before => ({ ...before, ...part }))
  const released = view?.versions.find(version => version.state !== 'draft')
  const text = (id: 'name' | 'about', lang: 'en' | 'zh') => (
    <TextField
      label={t(`needs.${id}-${lang}`)}
      disabled={!mayWrite}
      value={body[id][lang]}
      onChange={value => change({ [id]: { ...body[id], [lang]: value } })}
    />
  )
  const date = (id: 'validFrom' | 'validTo') => (
    <Field label={t(`needs.${id}`)}>
      {field => (
        <Input
          id={field}
          type="date"
          disabled={!mayWrite}
          value={body[id] ?? ''}
          onChange={event => change({ [id]: event.target.value === '' ? null : event.target.value })}
        />
      )}
    </Field>
  )
  return (
    <div className="stack">
      <div className="columns need-columns">
        <div className="stack">
          <Panel title={t('needs.words')}>
            <div className="policy-fields">
              {text('name', 'zh')}
              {text('name', 'en')}
              {text('about', 'zh')}
              {text('about', 'en')}
              {date('validFrom')}
              {date('validTo')}
            </div>
          </Panel>
          <Panel title={t('needs.rule')} note={t('needs.rule-note')}>
            <RuleEditor
              rule={body.rule}
              features={features.data?.rows ?? []}
              onChange={next => change({ rule: next })}
            />
          </Panel>
          <Panel title={t('needs.serves')} note={t('needs.serves-note')}>
            <Servings
              servings={body.products}
              names={names}
              reach={reach.data}
              onChange={(products, named) => {
                change({ products })
                if (named) setNames(before => ({ ...before, [named.key]: named.name }))
              }}
            />
          </Panel>
        </div>
        <ReachPanel reach={reach} asked={asked} />
      </div>
      {mayWrite ? (
        <div className="no-print">
          {complete ? null : (
            <Callout tone="warn" title={t('needs.incomplete')}>
              {missing.map(gap => t(gap)).join(' ')}
            </Callout>
          )}
          <div className="row">
            <Button disabled={!complete} loading={save.isPending} onClick={() => save.mutate()}>
              {t('needs.save')}
            </Button>
            <Button type="primary" disabled={!complete} onClick={() => setAsking('release')}>
              {t('needs.release')}
            </Button>
            {released?.state === 'released' ? (
              <Button danger onClick={() => setAsking('withdraw')}>
                {t('needs.withdraw')}
              </Button>
            ) : null}
          </div>
        </div>
      ) : null}
      {view ? (
        <Versions
          view={view}
          onTake={
            mayWrite
              ? version => {
                  setBody(version.body)
                  toast.done(t('needs.taken-up', { version: version.version }))
                }
              : null
          }
        />
      ) : null}
      {asking ? (
        <Modal
          open
          title={t(asking === 'release' ? 'needs.ask-release' : 'needs.ask-withdraw', { name: say(body.name) })}
          okText={t(asking === 'release' ? 'needs.release' : 'needs.withdraw')}
          cancelText={t('action.close')}
          confirmLoading={act.isPending}
          onCancel={() => setAsking(null)}
          onOk={() => act.mutate(asking)}
        >
          <p>
            {asking === 'release'
              ? t('needs.release-what', {
                  reached: reach.data?.reached ?? 0,
                  gained: reach.data?.gained ?? 0,
                  lost: reach.data?.lost ?? 0,
                })
              : t('needs.withdraw-what')}
          </p>
        </Modal>
      ) : null}
    </div>
  )
}
