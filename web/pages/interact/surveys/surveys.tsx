import { PlusOutlined } from '@ant-design/icons'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useGet } from '../../../api/queries.ts'
import { useMay } from '../../../api/session.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Async, Blank, Button, Chip, type Column, DataTable, Page, Panel } from '../../../kit/index.ts'
import { SurveyForm } from './survey-form.tsx'
import type { SurveyList, SurveyRow } from './types.ts'

export const surveyTone = { draft: 'outline', live: 'good', closed: 'plain' } as const

/** What we asked customers, and how many answered. */
export default function SurveysPage() {
  const { t, say, number, instant } = useText()
  const may = useMay()
  const go = useNavigate()
  const list = useGet<SurveyList>('/surveys')
  const [adding, setAdding] = useState(false)
  const columns: Column<SurveyRow>[] = [
    {
      id: 'name',
      title: t('sv.survey'),
      by: row => say(row.name),
      cell: row => (
        <Link to={`/surveys/${row.surveyId}`} className="strong">
          {say(row.name)}
        </Link>
      ),
    },
    {
      id: 'state',
      title: t('sv.state'),
      cell: row => <Chip tone={surveyTone[row.state]}>{t(`sv.state.${row.state}`)}</Chip>,
    },
    { id: 'asked', title: t('sv.asked'), right: true, by: row => row.asked, cell: row => number(row.asked) },
    {
      id: 'answered',
      title: t('sv.answered'),
      right: true,
      by: row => row.answered,
      cell: row => number(row.answered),
    },
    { id: 'made', title: t('sv.made'), right: true, by: row => row.createdAt, cell: row => instant(row.createdAt) },
  ]
  return (
    <Page
      title={t('sv.title')}
      lead={t('sv.lead')}
      actions={
        may('surveys.write') ? (
          <Button type="primary" icon={<PlusOutlined />} onClick={() => setAdding(true)}>
            {t('sv.add')}
          </Button>
        ) : null
      }
    >
      <Panel flush>
        <Async query={list} lines={6}>
          {({ rows }) => (
            <DataTable
              caption={t('sv.title')}
              rows={rows}
              columns={columns}
              rowId={row => row.surveyId}
              empty={<Blank title={t('sv.none')}>{t('sv.none-hint')}</Blank>}
            />
          )}
        </Async>
      </Panel>
      {adding ? <SurveyForm onClose={id => (id ? go(`/surveys/${id}`) : setAdding(false))} /> : null}
    </Page>
  )
}
