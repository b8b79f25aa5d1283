import { useNavigate } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { Campaign, CampaignList } from '../../api/types.ts'
import { useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, type Column, DataTable, Page, Panel, toneOf } from '../../kit/index.ts'

export default function CampaignsPage() {
  const { t, say, term, day, number, money } = useText()
  const navigate = useNavigate()
  const campaigns = useGet<CampaignList>('/campaigns')
  const columns: Column<Campaign>[] = [
    {
      id: 'name',
      title: t('campaign.name'),
      by: row => say(row.name),
      cell: row => (
        <>
          <div className="strong">{say(row.name)}</div>
          <div className="small muted wrap">{say(row.objective)}</div>
        </>
      ),
    },
    {
      id: 'state',
      title: t('campaign.state'),
      cell: row => <Chip tone={toneOf(row.state)}>{term('state', row.state)}</Chip>,
      by: row => row.state,
    },
    {
      id: 'asOf',
      title: t('campaign.as-of'),
      cell: row => <span className="nowrap">{day(row.asOf)}</span>,
      by: row => row.asOf,
    },
    {
      id: 'planned',
      title: t('figure.planned-customers'),
      right: true,
      cell: row => number(row.planned),
      by: row => row.planned,
    },
    {
      id: 'control',
      title: t('figure.control'),
      right: true,
      cell: row => number(row.control),
      by: row => row.control,
    },
    {
      id: 'cost',
      title: t('campaign.cost'),
      right: true,
      cell: row => money(row.cost, row.currency),
      by: row => row.cost,
    },
    {
      id: 'expected',
      title: t('campaign.expected'),
      right: true,
      cell: row => money(row.expected, row.currency),
      by: row => row.expected,
    },
  ]
  return (
    <Page title={t('campaigns.title')} lead={t('campaigns.lead')}>
      <Panel flush>
        <Async query={campaigns} lines={5}>
          {({ rows }) => (
            <DataTable
              columns={columns}
              rows={rows}
              rowId={row => row.campaignId}
              onOpen={row => void navigate(`/campaigns/${row.campaignId}`)}
              empty={<Blank title={t('campaigns.none')}>{t('campaigns.none-hint')}</Blank>}
            />
          )}
        </Async>
      </Panel>
    </Page>
  )
}
