import { useState } from 'react'
import { useGet } from '../../../api/queries.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Button, Callout, Drawer, Field, Input, Panel, Radio, useProblem, useToast } from '../../../kit/index.ts'
import type { SampleDetail } from './types.ts'

/** One call: recording, what was said and written down, and its score. */
export function ScoreSample({ sampleId, onClose }: { sampleId: number; onClose: () => void }) {
  const { t } = useText()
  const query = useGet<SampleDetail>(`/team/samples/${sampleId}`)
  return (
    <Drawer open size={680} title={t('tl.listen')} onClose={onClose}>
      <Async query={query} lines={8}>
        {sample => <Sample sample={sample} onClose={onClose} />}
      </Async>
    </Drawer>
  )
}

function Sample({ sample, onClose }: { sample: SampleDetail; onClose: () => void }) {
  const { t, say, term, instant, seconds } = useText()
  return (
    <div className="stack">
      <p>
        <span className="strong">{sample.agent}</span> · {say(sample.list)} · {term('outcome', sample.outcome)} ·{' '}
        {instant(sample.at)} · {seconds(sample.seconds)}
      </p>
      {/^https?:/.test(sample.recording) ? (
        <a href={sample.recording} target="_blank" rel="noreferrer">
          {t('tl.recording')}
        </a>
      ) : (
        <p className="muted">{sample.recording || t('tl.no-recording')}</p>
      )}
      {sample.note ? (
        <Panel title={t('tl.note')}>
          <p className="said">{sample.note}</p>
        </Panel>
      ) : null}
      {sample.answers.length > 0 ? (
        <Panel title={t('tl.answers')}>
          <ul>
            {sample.answers.map(({ field, value }) => (
              <li key={field}>
                <span className="muted">{field}</span> {value}
              </li>
            ))}
          </ul>
        </Panel>
      ) : null}
      <Score sample={sample} onClose={onClose} />
      <Panel title={sample.variant ? `${t('tl.script')} · ${sample.variant.toUpperCase()}` : t('tl.script')}>
        {sample.script === null ? (
          <p className="muted">{t('tl.no-script')}</p>
        ) : (
          sample.script.map(block => (
            <section key={block.id}>
              <h3>{block.title}</h3>
              <p className="said">{block.say}</p>
            </section>
          ))
        )}
      </Panel>
    </div>
  )
}

function Score({ sample, onClose }: { sample: SampleDetail; onClose: () => void }) {
  const { t, say } = useText()
  const problem = useProblem()
  const toast = useToast()
  const [scores, setScores] = useState<Record<string, number>>(sample.scores ?? {})
  const [remark, setRemark] = useState(sample.remark)
  const asked = sample.criteria.map(one => one.id)
  const given = Object.fromEntries(Object.entries(scores).filter(([id]) => asked.includes(id)))
  const save = useChangeOf<unknown>(['/team/samples'], () => {
    toast.done(t('tl.scored'))
    onClose()
  })
  return (
    <Panel title={t('tl.score')}>
      <div className="stack">
        {sample.criteria.map(one => (
          <div key={one.id} className="field">
            <span className="label">{say(one.name)}</span>
            <Radio.Group
              aria-label={say(one.name)}
              optionType="button"
              value={scores[one.id]}
              onChange={event => setScores({ ...scores, [one.id]: Number(event.target.value) })}
              options={[1, 2, 3, 4, 5].map(value => ({ value, label: String(value) }))}
            />
          </div>
        ))}
        <Field label={t('tl.remark')}>
          {id => (
            <Input.TextArea
              id={id}
              rows={3}
              maxLength={2000}
              value={remark}
              onChange={event => setRemark(event.target.value)}
            />
          )}
        </Field>
        {save.error ? <Callout tone="bad">{problem(save.error)}</Callout> : null}
        <Button
          type="primary"
          disabled={Object.keys(given).length < asked.length}
          loading={save.isPending}
          onClick={() =>
            save.mutate({ method: 'PUT', path: `/team/samples/${sample.sampleId}`, body: { scores: given, remark } })
          }
        >
          {t('tl.save-score')}
        </Button>
      </div>
    </Panel>
  )
}
