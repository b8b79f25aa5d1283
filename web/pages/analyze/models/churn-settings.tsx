import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { send } from '../../../api/client.ts'
import type { ChurnSettings } from '../../../api/models.ts'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import {
  Async,
  Button,
  Field,
  InputNumber,
  Modal,
  Panel,
  Segmented,
  Select,
  useProblem,
  useToast,
} from '../../../kit/index.ts'

type Body = Omit<ChurnSettings, 'words'>

const usualEvents = { starts: ['contract-started'], ends: ['contract-ended', 'contract-cancelled'] }

/** What leaving means, when churn is trained, and who decides what is used. */
export function ChurnSettingsPanel() {
  const { t, say } = useText()
  const may = useMay()
  const settings = useGet<ChurnSettings>('/models/churn/settings')
  const [open, setOpen] = useState(false)
  return (
    <Panel
      title={t('model.settings')}
      note={settings.data ? say(settings.data.words) : null}
      extra={
        may('models.manage') && settings.data ? (
          <Button className="no-print" onClick={() => setOpen(true)}>
            {t('model.change')}
          </Button>
        ) : null
      }
    >
      <Async query={settings} lines={3}>
        {data => <Summary settings={data} />}
      </Async>
      {open && settings.data ? <Editor settings={settings.data} onClose={() => setOpen(false)} /> : null}
    </Panel>
  )
}

function Summary({ settings: { learners, retrain, promotion } }: { settings: ChurnSettings }) {
  const { t, term, number } = useText()
  return (
    <dl className="pairs">
      <div className="row">
        <dt>{t('model.learners')}</dt>
        <dd>{learners.map(learner => term('learner', learner)).join(', ')}</dd>
      </div>
      <div className="row">
        <dt>{t('model.retrain')}</dt>
        <dd>
          {term('retrain', retrain.mode)}
          {retrain.mode === 'schedule' ? `: ${t('model.every-days', { days: number(retrain.days) })}` : ''}
        </dd>
      </div>
      <div className="row">
        <dt>{t('model.promotion')}</dt>
        <dd>
          {promotion.mode === 'rule'
            ? t('model.promotion-rule', { errors: number(promotion.errors, 1) })
            : t('model.promotion-person')}
        </dd>
      </div>
    </dl>
  )
}

function Editor({ settings, onClose }: { settings: ChurnSettings; onClose: () => void }) {
  const { t, term } = useText()
  const toast = useToast()
  const problem = useProblem()
  const client = useQueryClient()
  const [body, setBody] = useState<Body>(() => {
    const { words: _words, ...rest } = settings
    return rest
  })
  const { definition, retrain, promotion } = body
  const save = useMutation({
    mutationFn: () => send('PUT', '/models/churn/settings', body),
    onSuccess: () => {
      toast.done(t('model.saved'))
      onClose()
    },
    onError: error => toast.failed(problem(error)),
    onSettled: () => client.invalidateQueries({ queryKey: ['/models/churn/settings'] }),
  })
  const kind = (value: string) =>
    setBody({
      ...body,
      definition:
        value === 'contract'
          ? { kind: 'contract', days: definition.days, ...usualEvents }
          : { kind: 'silence', days: definition.days },
    })
  const mode = (value: string) =>
    setBody({
      ...body,
      retrain:
        value === 'schedule' ? { mode: 'schedule', days: 90 } : { mode: value as 'every-turn' | 'drift' | 'person' },
    })
  const ready =
    definition.days >= 14 &&
    body.learners.length > 0 &&
    (definition.kind === 'silence' || (definition.starts.length > 0 && definition.ends.length > 0))
  return (
    <Modal
      open
      title={t('model.settings')}
      okText={t('model.save')}
      okButtonProps={{ disabled: !ready }}
      confirmLoading={save.isPending}
      onOk={() => save.mutate()}
      onCancel={onClose}
    >
      <div className="stack">
        <p className="soft">{t('model.settings-hint')}</p>
        <Field label={t('model.leaving-means')}>
          {() => (
            <Segmented
              value={definition.kind}
              onChange={kind}
              options={[
                { value: 'silence', label: t('model.silence') },
                { value: 'contract', label: t('model.contract') },
              ]}
            />
          )}
        </Field>
        <Field label={t('model.days')}>
          {id => (
            <InputNumber
              id={id}
              min={14}
              max={730}
              precision={0}
              value={definition.days}
              onChange={days => setBody({ ...body, definition: { ...definition, days: days ?? 0 } })}
            />
          )}
        </Field>
        {definition.kind === 'contract'
          ? (['starts', 'ends'] as const).map(side => (
              <Field key={side} label={t(side === 'starts' ? 'model.starts' : 'model.ends')}>
                {id => (
                  <Select
                    id={id}
                    mode="tags"
                    value={definition[side]}
                    onChange={types =>
                      setBody({
                        ...body,
                        definition: {
                          ...definition,
                          [side]: types.map(type => type.trim().toLowerCase()).filter(Boolean),
                        },
                      })
                    }
                    style={{ width: '100%' }}
                  />
                )}
              </Field>
            ))
          : null}
        <Field label={t('model.learners')}>
          {id => (
            <Select
              id={id}
              mode="multiple"
              value={body.learners}
              onChange={learners => setBody({ ...body, learners })}
              options={(['logistic', 'trees'] as const).map(value => ({ value, label: term('learner', value) }))}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        <Field label={t('model.retrain')}>
          {id => (
            <Select
              id={id}
              value={retrain.mode}
              onChange={mode}
              options={(['every-turn', 'schedule', 'drift', 'person'] as const).map(value => ({
                value,
                label: term('retrain', value),
              }))}
              style={{ width: '100%' }}
            />
          )}
        </Field>
        {retrain.mode === 'schedule' ? (
          <Field label={t('model.schedule-days')}>
            {id => (
              <InputNumber
                id={id}
                min={1}
                max={730}
                precision={0}
                value={retrain.days}
                onChange={days => setBody({ ...body, retrain: { mode: 'schedule', days: days ?? 1 } })}
              />
            )}
          </Field>
        ) : null}
        <Field label={t('model.promotion')}>
          {() => (
            <Segmented
              value={promotion.mode}
              onChange={value => setBody({ ...body, promotion: { ...promotion, mode: value as 'rule' | 'person' } })}
              options={[
                { value: 'rule', label: t('model.by-rule') },
                { value: 'person', label: t('model.by-person') },
              ]}
            />
          )}
        </Field>
        <Field label={t('model.errors')}>
          {id => (
            <InputNumber
              id={id}
              min={0}
              max={10}
              step={0.5}
              value={promotion.errors}
              onChange={errors => setBody({ ...body, promotion: { ...promotion, errors: errors ?? 0 } })}
            />
          )}
        </Field>
      </div>
    </Modal>
  )
}
