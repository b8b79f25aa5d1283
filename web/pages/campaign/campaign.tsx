import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { useGet } from '../../api/queries.ts'
import type { Campaign } from '../../api/types.ts'
import { type Speech, useText } from '../../i18n/use-text.ts'
import { Async, Blank, Chip, Figures, Page, Panel, toneOf } from '../../kit/index.ts'
import { Approval } from './approval.tsx'
import { BeforeSending } from './before-sending.tsx'
import { ChannelCounts } from './channel-counts.tsx'
import { ResultPicture } from './result-picture.tsx'
import { Waves } from './waves.tsx'

export default function CampaignPage() {
  const { t } = useText()
  const { id = '' } = useParams()
  // A wave that is being sent shows in the counts as it goes.
  const [watch, setWatch] = useState(0)
  const campaign = useGet<Campaign>(`/campaigns/${id}`, {
    every: data => (Date.now() < watch && data?.waves.some(w => w.state === 'waiting') ? 1500 : false),
  })
  if (campaign.data) return <CampaignView campaign={campaign.data} onSent={() => setWatch(Date.now() + 10 * 60_000)} />
  return (
    <Page title={t('campaign.title')} crumb={<Link to="/campaigns">{t('campaigns.title')}</Link>}>
      <Async query={campaign} lines={12}>
        {() => null}
      </Async>
    </Page>
  )
}

function CampaignView({ campaign, onSent }: { campaign: Campaign; onSent: () => void }) {
  const { t, say, term, money, number, percent, day, instant } = useText()
  const reached = campaign.target > 0 ? campaign.expected / campaign.target : 0
  return (
    <Page
      title={say(campaign.name)}
      lead={say(campaign.objective)}
      crumb={<Link to="/campaigns">{t('campaigns.title')}</Link>}
      actions={
        <>
          <Chip tone={toneOf(campaign.state)}>{term('state', campaign.state)}</Chip>
          <Approval campaign={campaign} />
        </>
      }
    >
      <div className="stack">
        <Figures
          items={[
            { id: 'planned', label: t('figure.planned-customers'), value: number(campaign.planned) },
            {
              id: 'control',
              label: t('figure.control'),
              value: number(campaign.control),
              note: t('campaign.control-note', {
                share: percent(campaign.control / Math.max(1, campaign.control + campaign.planned)),
              }),
            },
            { id: 'cost', label: t('campaign.cost'), value: money(campaign.cost, campaign.currency) },
            {
              id: 'expected',
              label: t('campaign.expected'),
              value: money(campaign.expected, campaign.currency),
              note: t('campaign.of-target', { share: percent(reached, 0) }),
            },
            { id: 'target', label: t('campaign.target'), value: money(campaign.target, campaign.currency) },
          ]}
        />
        {campaign.result ? (
          <ResultPicture result={campaign.result} currency={campaign.currency} />
        ) : (
          <Panel title={t('result.title')}>
            <Blank title={t('result.none')}>{t('result.none-hint')}</Blank>
          </Panel>
        )}
        <BeforeSending campaignId={campaign.campaignId} />
        <Panel title={t('counts.title')} note={t('counts.note')} flush>
          <ChannelCounts counts={campaign.counts} />
        </Panel>
        <div className="columns">
          <Panel title={t('campaign.waves')} flush>
            <Waves campaign={campaign} onSent={onSent} />
          </Panel>
          <Panel title={t('campaign.approval')}>
            <dl className="pairs">
              <dt>{t('campaign.plan')}</dt>
              <dd>
                <Link to="/plan">{t('campaign.plan-number', { id: campaign.planId })}</Link>
              </dd>
              <dt>{t('campaign.as-of')}</dt>
              <dd>{day(campaign.asOf)}</dd>
              <dt>{t('campaign.approved-by')}</dt>
              <dd>
                {campaign.approvedBy
                  ? t('campaign.approved', {
                      who: approver(campaign.approvedBy, t),
                      at: campaign.approvedAt ? instant(campaign.approvedAt) : '–',
                    })
                  : t('campaign.not-approved')}
              </dd>
            </dl>
          </Panel>
        </div>
      </div>
    </Page>
  )
}

/** A campaign that a turn carried out was approved by the turn, under the plan's own rules. */
function approver(name: string, t: Speech['t']): string {
  const [, turn] = /^turn (\d+)$/.exec(name) ?? []
  return turn ? t('campaign.by-turn', { turn }) : name
}
