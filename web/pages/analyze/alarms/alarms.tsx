import { useGet } from '../../../api/queries.ts'
import { useText } from '../../../i18n/use-text.ts'
import { TabbedPage } from '../../../kit/index.ts'
import { AlarmSettingsView } from './alarm-settings.tsx'
import { CustomerAlarmList } from './customer-list.tsx'
import { GroupAlarms } from './group-alarms.tsx'
import type { GroupAlarmList } from './types.ts'

/** Who behaves unlike themselves: customers, segments, and what is watched. */
export default function AlarmsPage() {
  const { t, day } = useText()
  const groups = useGet<GroupAlarmList>('/alarms/segments')
  return (
    <TabbedPage
      title={t('alarms.title')}
      lead={groups.data ? t('alarms.lead', { day: day(groups.data.asOf) }) : t('alarms.lead-plain')}
      tabs={[
        { key: 'customers', label: t('alarms.customers'), children: <CustomerAlarmList /> },
        { key: 'segments', label: t('alarms.segments'), children: <GroupAlarms query={groups} /> },
        { key: 'settings', label: t('alarms.settings'), children: <AlarmSettingsView /> },
      ]}
    />
  )
}
