import type { z } from 'zod'
import type * as api from '../../../../src/interact/delivery/api.ts'

export type DeliveryView = z.infer<typeof api.deliveryView>
export type QueueRow = DeliveryView['queue'][number]
export type ChannelRow = z.infer<typeof api.channelRow>
export type ChannelList = z.infer<typeof api.channelList>
export type ChannelBody = z.input<typeof api.channelBody>
export type KindList = z.infer<typeof api.kindList>
export type Kind = KindList['rows'][number]
export type SettingField = z.infer<typeof api.settingField>
export type UncertainList = z.infer<typeof api.uncertainList>
export type UncertainRow = UncertainList['rows'][number]
export type DeliverySettings = z.infer<typeof api.settingsView>
export type TestSent = z.infer<typeof api.testSent>
export type DkimRecords = z.infer<typeof api.dkimRecords>
