import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { Page, Tabs, useUrlState } from '../../../kit/index.ts'
import { AlarmSettingsView } from './alarm-settings.tsx'
import { CustomerAlarmList } from './customer-list.tsx'
import { GroupAlarms } from './group-alarms.tsx'
import type { GroupAlarmList } from './types.ts'

/** Who behaves unlike themselves: customers, segments, and what is watched. */
export default function AlarmsPage() {
  const { t, day } = useText()
  const [tab, setTab] = useUrlState('tab', 'customers')
  const groups = useGet<GroupAlarmList>('/alarms/segments')
  return (
    <Page
      title={t('alarms.title')}
      lead={groups.data ? t('alarms.lead', { day: day(groups.data.asOf) }) : t('alarms.lead-plain')}
    >
      <div className="tabs-line">
        <Tabs
          activeKey={tab}
          onChange={setTab}
          destroyOnHidden
          items={[
            { key: 'customers', label: t('alarms.customers'), children: <CustomerAlarmList /> },
            { key: 'segments', label: t('alarms.segments'), children: <GroupAlarms query={groups} /> },
            { key: 'settings', label: t('alarms.settings'), children: <AlarmSettingsView /> },
          ]}
        />
      </div>
    </Page>
  )
}
