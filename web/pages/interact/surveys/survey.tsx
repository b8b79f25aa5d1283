import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useChangeOf } from '../../../api/use-change.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Callout, Chip, Figures, Page, Panel, useProblem } from '../../../kit/index.ts'
import { AskCustomers } from './ask-customers.tsx'
import { QuestionPicture } from './question-picture.tsx'
import { ResponseByChannel } from './response-by-channel.tsx'
import { SurveyForm } from './survey-form.tsx'
import { surveyTone } from './surveys.tsx'
import type { SurveyDetail } from './types.ts'

/** One survey: what is asked, who answered, what they said. */
export default function SurveyPage() {
  const { id } = useParams()
  const { t, say } = useText()
  const query = useGet<SurveyDetail>(`/surveys/${id}`, { every: () => 15_000 })
  return (
    <Page
      title={query.data ? say(query.data.body.name) : t('sv.survey')}
      crumb={<Link to="/surveys">{t('sv.all')}</Link>}
      actions={query.data ? <Actions survey={query.data} /> : null}
    >
      <Async query={query} lines={8}>
        {survey => <SurveyBodyView survey={survey} />}
      </Async>
    </Page>
  )
}

function Actions({ survey }: { survey: SurveyDetail }) {
  const { t } = useText()
  const may = useMay()
  const problem = useProblem()
  const [changing, setChanging] = useState(false)
  const [asking, setAsking] = useState(false)
  const change = useChangeOf(['/surveys'])
  if (!may('surveys.write')) return null
  const to = (state: 'live' | 'closed') =>
    change.mutate({ method: 'POST', path: `/surveys/${survey.surveyId}/state`, body: { state } })
  return (
    <>
      {survey.state === 'draft' ? <Button onClick={() => setChanging(true)}>{t('sv.change')}</Button> : null}
      {survey.state === 'live' ? (
        <>
          <Button onClick={() => to('closed')}>{t('sv.close')}</Button>
          <Button type="primary" onClick={() => setAsking(true)}>
            {t('sv.ask-customers')}
          </Button>
        </>
      ) : (
        <Button type="primary" loading={change.isPending} onClick={() => to('live')}>
          {t('sv.open')}
        </Button>
      )}
      {change.error ? <Callout tone="bad">{problem(change.error)}</Callout> : null}
      {changing ? (
        <SurveyForm survey={{ id: survey.surveyId, body: survey.body }} onClose={() => setChanging(false)} />
      ) : null}
      {asking ? <AskCustomers surveyId={survey.surveyId} onClose={() => setAsking(false)} /> : null}
    </>
  )
}

function SurveyBodyView({ survey }: { survey: SurveyDetail }) {
  const { t, say, number, percent, instant } = useText()
  const { response } = survey
  const { rate } = response.invited
  const mixed = response.channels.filter(({ here, asked }) => !here && asked > 0).length > 1
  return (
    <div className="stack">
      <Figures
        items={[
          {
            id: 'state',
            label: t('sv.state'),
            value: <Chip tone={surveyTone[survey.state]}>{t(`sv.state.${survey.state}`)}</Chip>,
            note: survey.liveAt ? instant(survey.liveAt) : '',
          },
          { id: 'answered', label: t('sv.customers-answered'), value: number(response.answered) },
          response.invited.asked > 0 && {
            id: 'invited',
            label: t('sv.invited'),
            value: rate.share === null ? '–' : percent(rate.share),
            note: t(mixed ? 'sv.invited-mixed' : 'sv.invited-of', {
              answered: number(response.invited.answered),
              asked: number(response.invited.asked),
              low: percent(rate.low),
              high: percent(rate.high),
            }),
          },
        ]}
      />
      {response.channels.length > 0 ? <ResponseByChannel response={response} /> : null}
      {survey.body.questions.map(question => {
        const result = survey.questions.find(one => one.attribute === question.attribute)
        const words = survey.words.find(one => one.attribute === question.attribute)
        return (
          <Panel key={question.attribute} title={say(question.ask)} note={t(`sv.kind.${question.kind}`)}>
            {result && result.all.n > 0 ? <QuestionPicture question={question} result={result} /> : null}
            {words && words.rows.length > 0 ? (
              <ul className="words">
                {words.rows.map(row => (
                  <li key={`${row.customerId}-${row.at}`} className="row apart">
                    <p className="said">{row.text}</p>
                    <Link to={`/customers/${row.customerId}`} className="small">
                      {t('sv.customer', { id: row.customerId })}
                    </Link>
                  </li>
                ))}
              </ul>
            ) : null}
            {(result?.all.n ?? 0) + (words?.rows.length ?? 0) === 0 ? <Blank title={t('sv.no-answers')} /> : null}
          </Panel>
        )
      })}
    </div>
  )
}
